using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Watch on a deleted file.</summary>
internal sealed class LostInotifyWatch() : PreflightRule(new RuleDescription
{
    Id = "LXN033",
    Title = "Watch on a deleted file",
    Severity = FindingSeverity.Blocks,
    SeenBy = "inotify lines of /proc/PID/fdinfo/N, looked up by their handles",
    Why = "A watched file is found again by its handle; one without a name cannot be.",
    Remedy = "Make the program drop the watch (restart it).",
    CriuMessage = "Can't find suitable path for handle (dev N ino N)",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(PreflightSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Files.SelectMany(file => file.Watches.Where(watch => !watch.IsReachable)
            .Select(watch => Found(file, $"it watches inode {watch.Inode} of device {watch.Device >> 20}:{watch.Device & 0xfffff}, which has no name any more",
                $"Can't find suitable path for handle (dev 0x{watch.Device:x} ino 0x{watch.Inode:x})")));
}
