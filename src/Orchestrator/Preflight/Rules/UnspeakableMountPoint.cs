using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Mount point with a character that criu’s options cannot carry.</summary>
internal sealed class UnspeakableMountPoint() : PreflightRule(new RuleDescription
{
    Id = "LXN076",
    Title = "Mount point with a character that criu’s options cannot carry",
    Severity = FindingSeverity.Blocks,
    SeenBy = "[, ] or : in the path of a mount from the host",
    Why = "Mounts from the host are named to criu as mnt[PATH]:KEY, which has no escape.",
    Remedy = "Mount it elsewhere.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.External && mount.Entry.MountPoint.AsSpan().ContainsAny("[]:"))
            .Select(mount => Found($"mount {mount.Entry.MountPoint}, from the host’s {mount.HostPath}") with { MountPoint = mount.Entry.MountPoint });
}
