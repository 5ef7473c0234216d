using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>FUSE file system of the container.</summary>
internal sealed class FuseMount() : PreflightRule(new RuleDescription
{
    Id = "LXN072",
    Title = "FUSE file system of the container",
    Severity = FindingSeverity.Blocks,
    SeenBy = "fuse, fuse.* in /proc/INIT/mountinfo, and not of the host",
    Why = "What is in a FUSE file system only its daemon knows. lxcfs, which the host runs, is bound again and no obstacle.",
    Remedy = "Unmount it in the container and stop its daemon.",
    Permit = "--external 'mnt[MOUNTPOINT]:KEY'",
    CriuMessage = "failed to dump fs PATH (fuse): always fail",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.Unsupported && mount.Entry.Root == "/" && ServedMounts.IsFuse(mount.Entry)
            && !UnsupportedFileSystem.Named(mount.Entry.MountPoint, options))
            .Select(mount => Found($"mount {mount.Entry.MountPoint}: {mount.Entry.FileSystemType} ({mount.Entry.Source})",
                $"failed to dump fs .{MountText.Logged(mount.Entry.MountPoint)} ({mount.Entry.FileSystemType}): always fail") with
            {
                MountPoint =
                mount.Entry.MountPoint
            });
}
