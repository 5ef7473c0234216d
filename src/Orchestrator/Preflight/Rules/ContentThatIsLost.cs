using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>pstore or message queue with content.</summary>
internal sealed class ContentThatIsLost() : PreflightRule(new RuleDescription
{
    Id = "LXN073",
    Title = "pstore or message queue with content",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Entries in the directory of a pstore or mqueue mount",
    Why = "Of these file systems criu dumps no content, so they have to be empty.",
    Remedy = "Unmount it (umount /sys/fs/pstore), or empty it: rm of pstore records, mq_unlink of queues.",
    CriuMessage = "mqueue isn't empty",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Contents.Select(one => (snapshot.Container.Mounts.First(mount => mount.Entry.Id == one.Key).Entry, one.Value))
            .Select(one => Found($"mount {one.Entry.MountPoint} ({one.Entry.FileSystemType}) has {one.Value} in it",
                $"{one.Entry.FileSystemType} isn't empty") with
            { MountPoint = one.Entry.MountPoint });
}
