using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Overlay mounted inside.</summary>
internal sealed class OverlayInside() : PreflightRule(new RuleDescription
{
    Id = "LXN083",
    Title = "Overlay mounted inside",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "Type in the mount tables of the container’s processes",
    Why = "criu mounts an overlay with the directories that its options name, and looks for them where the host’s root is: the restore fails, or the "
        + "directories of that name on the host are taken in the place of the container’s (Docker in LXC).",
    Remedy = "Unmount it (stop the containers inside), or bind it from the host with lxc.mount.entry.",
    Permit = "--external 'mnt[MOUNTPOINT]:KEY'",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        // What is the root, or the host's, is not mounted by criu, wherever it is shown again.
        var known = snapshot.Container.Mounts.Where(mount => mount.Kind is ContainerMountKind.Root or ContainerMountKind.External)
            .Select(mount => (mount.Entry.Major, mount.Entry.Minor)).ToHashSet();
        return snapshot.MountTables.Values.SelectMany(table => table)
            .Where(mount => mount.FileSystemType == "overlay" && !known.Contains((mount.Major, mount.Minor))
                && !UnsupportedFileSystem.Named(mount.MountPoint, options))
            .DistinctBy(mount => (mount.Major, mount.Minor))
            .Select(mount => Found($"mount {mount.MountPoint}: overlay ({mount.SuperOptions})") with { MountPoint = mount.MountPoint });
    }
}
