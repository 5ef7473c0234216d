using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Mount that follows another which is nowhere.</summary>
internal sealed class UnreachableSharing() : PreflightRule(new RuleDescription
{
    Id = "LXN074",
    Title = "Mount that follows another which is nowhere",
    Severity = FindingSeverity.Blocks,
    SeenBy = "master:N in /proc/INIT/mountinfo with no mount shared:N in the container, and not of the host",
    Why = "The mount is a slave of one that neither the container nor the host shows.",
    Remedy = "Make it private in the container: mount --make-private MOUNTPOINT.",
    CriuMessage = "has unreachable sharing. Try --enable-external-masters.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var groups = snapshot.MountTables.Values.SelectMany(table => table).Select(entry => entry.SharedGroup).OfType<int>().ToHashSet();
        return snapshot.Container.Mounts.Where(mount => mount.Kind == ContainerMountKind.Internal && mount.Entry.MasterGroup is { } master
            && !groups.Contains(master) && !IsBindOfExternal(mount, snapshot.Container))
            .Select(mount => Found($"mount {mount.Entry.MountPoint} is a slave of group {mount.Entry.MasterGroup}",
                "has unreachable sharing. Try --enable-external-masters.") with
            { MountPoint = mount.Entry.MountPoint });
    }

    private static bool IsBindOfExternal(ContainerMount mount, Container container) => container.Mounts.Any(other =>
        other.Kind is ContainerMountKind.External or ContainerMountKind.Root && other.Entry.Major == mount.Entry.Major
            && other.Entry.Minor == mount.Entry.Minor);
}
