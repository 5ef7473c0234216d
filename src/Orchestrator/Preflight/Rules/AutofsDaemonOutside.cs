using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Automount point without its daemon.</summary>
internal sealed class AutofsDaemonOutside() : PreflightRule(new RuleDescription
{
    Id = "LXN075",
    Title = "Automount point without its daemon",
    Severity = FindingSeverity.Blocks,
    SeenBy = "pipe_ino of autofs mounts in /proc/INIT/mountinfo; nobody in the container reads that pipe",
    Why = "The daemon that mounts on demand is not in the container, or has ended.",
    Remedy = "Unmount it in the container.",
    CriuMessage = "Autofs N is alive, but unreachable.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Mounts.Where(mount => mount is { Kind: ContainerMountKind.Internal, Entry.FileSystemType: "autofs" }
                && mount.Entry.SuperOptionValue("pipe_ino") is { } pipe && !snapshot.Files.Any(file => file.Target == $"pipe:[{pipe}]"))
            .Select(mount => Found($"mount {mount.Entry.MountPoint}: nobody reads its pipe",
                "is alive, but unreachable.") with
            { MountPoint = mount.Entry.MountPoint });
}
