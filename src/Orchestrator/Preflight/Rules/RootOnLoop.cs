using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Root on a loop device.</summary>
internal sealed class RootOnLoop() : PreflightRule(new RuleDescription
{
    Id = "LXN078",
    Title = "Root on a loop device",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "Source of the root’s mount",
    Why = "LXC attaches the device for the container and it goes with it. At the restore there is none of that name, or one with another file: that file "
        + "system would be mounted, and written to.",
    Remedy = "Mount the file system on a directory of the host (mount -o loop FILE DIR), and start the container with lxc.rootfs.path = DIR.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Root is { HostPath: null } root && root.Source.StartsWith("/dev/loop", StringComparison.Ordinal)
            ? [Found($"the root is the {root.FileSystemType} on {root.Source}, which no directory of the host shows")]
            : [];
}
