using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Mount of a part, the whole of which is nowhere.</summary>
internal sealed class MountWithoutRoot() : PreflightRule(new RuleDescription
{
    Id = "LXN071",
    Title = "Mount of a part, the whole of which is nowhere",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Root in /proc/INIT/mountinfo; no mount of the same device with root / in the container or on the host",
    Why = "The mount shows a directory of a file system that is itself not mounted any more, so there is nothing to bind it from.",
    Remedy = "Unmount it in the container, or mount the whole file system somewhere, too.",
    Permit = "--external 'mnt[MOUNTPOINT]:KEY'",
    CriuMessage = "N:PATH doesn't have a proper root mount",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.Unsupported && mount.Entry.Root != "/"
            && !UnsupportedFileSystem.Named(mount.Entry.MountPoint, options))
            .Select(mount => Found($"mount {mount.Entry.MountPoint}: {mount.Entry.Root} of a {mount.Entry.FileSystemType}",
                $"{mount.Entry.Id}:.{MountText.Logged(mount.Entry.MountPoint)} doesn't have a proper root mount") with
            { MountPoint = mount.Entry.MountPoint });
}
