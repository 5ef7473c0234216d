using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Watch on a file that cannot be found again.</summary>
internal sealed class LostInotifyWatch() : PreflightRule(new RuleDescription
{
    Id = "LXN033",
    Title = "Watch on a file that cannot be found again",
    Severity = FindingSeverity.Blocks,
    SeenBy = "inotify lines of /proc/PID/fdinfo/N, looked up by their handles",
    Why = "A watched file is found again by its handle. One in memory that has no name any more cannot be, nor one on a file system without handles "
        + "(overlay), unless it is in /etc or in another of the few places where criu looks for it. On a disk the watch of a removed file is lost, and "
        + "nothing else.",
    Remedy = "Make the program drop the watch (restart it); keep the container on a file system with handles, such as ext4, XFS or Btrfs.",
    CriuMessage = "Can't find suitable path for handle (dev N ino N)",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Files.SelectMany(file => file.Watches.Where(watch => watch.Place != InotifyPlace.Named).Select(watch => Lost(file, watch)));

    private Finding Lost(ObservedFile file, InotifyWatch watch)
    {
        var what = $"it watches inode {watch.Inode} of device {watch.Device >> 20}:{watch.Device & 0xfffff}";
        return watch.Place switch
        {
            InotifyPlace.WithoutHandle => Found(file, $"{what}, whose file system has no handles", "Can't dump that handle"),
            InotifyPlace.NamelessOnDisk => Found(file, $"{what}, which has no name any more", severity: FindingSeverity.LosesSomething),
            _ => Found(file, $"{what}, which has no name any more", $"Can't find suitable path for handle (dev 0x{watch.Device:x} ino 0x{watch.Inode:x})"),
        };
    }
}
