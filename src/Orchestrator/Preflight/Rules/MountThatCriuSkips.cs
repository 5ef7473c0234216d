using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Mount that criu leaves out.</summary>
internal sealed class MountThatCriuSkips() : PreflightRule(new RuleDescription
{
    Id = "LXN084",
    Title = "Mount that criu leaves out",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "Type in /proc/INIT/mountinfo",
    Why = "criu takes every tracefs for one that debugfs mounts by itself, and leaves it out.",
    Remedy = "Mount it again after the restore (mount -t tracefs tracefs MOUNTPOINT).",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Mounts.Where(mount => mount is { Kind: ContainerMountKind.Internal, Entry.FileSystemType: "tracefs" })
            .Select(mount => Found($"mount {mount.Entry.MountPoint}: tracefs") with { MountPoint = mount.Entry.MountPoint });
}
