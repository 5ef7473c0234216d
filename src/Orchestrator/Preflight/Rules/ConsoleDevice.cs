using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>/dev/console is open.</summary>
internal sealed class ConsoleDevice() : PreflightRule(new RuleDescription
{
    Id = "LXN042",
    Title = "/dev/console is open",
    Severity = FindingSeverity.Note,
    SeenBy = "Device 5:1 among what /proc/PID/fd names",
    Why = "criu 1.x failed here (tty: Can't obtain ptmx index: Inappropriate ioctl for device). Since 2.0 it opens /dev/console again at restore: whatever "
        + "that is on the host then.",
    Remedy = "Nothing, if the container may write to the host’s console; else lxc.cgroup2.devices.deny = c 5:1 rwm and a restart.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Files.Where(file => file is { Number: >= 0, Type: FileType.CharacterDevice, Special: { Major: 5, Minor: 1 } })
            .Select(file => Found(file, file.Target));
}
