using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Removed file or directory that is mounted more than once.</summary>
internal sealed class RemovedAndBoundTwice() : PreflightRule(new RuleDescription
{
    Id = "LXN085",
    Title = "Removed file or directory that is mounted more than once",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "Two mounts with the same root, which ends in //deleted, in the mount namespaces of the container",
    Why = "What is bound and has no name any more is made anew for the bind and removed again, for each of its mounts: at the second criu finds the first "
        + "one’s and gives up. A program with a mount namespace of its own shows every mount once more.",
    Remedy = "Unmount all of them but one.",
})
{
    private const string Deleted = "//deleted";

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        from mount in snapshot.MountTables.Values.SelectMany(table => table).DistinctBy(mount => mount.Id)
        where mount.Root.EndsWith(Deleted, StringComparison.Ordinal) && mount.FileSystemType != "devpts"
        group mount by (mount.Major, mount.Minor, mount.Root) into same
        where same.Count() > 1
        select Found(
            $"mounts {string.Join(", ", same.Select(mount => mount.MountPoint).Distinct())}: {same.Key.Root[..^Deleted.Length]}, which was removed "
            + $"({same.Count()} mounts)") with
        {
            MountPoint = same.First().MountPoint,
        };
}
