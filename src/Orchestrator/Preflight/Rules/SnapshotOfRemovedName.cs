using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>File without its name in a container that runs on.</summary>
internal sealed class SnapshotOfRemovedName() : PreflightRule(new RuleDescription
{
    Id = "LXN037",
    Title = "File without its name in a container that runs on",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "The path in /proc/PID/fd names nothing, st_nlink is not 0, on a file system that is not in the images; --leave-running",
    Why = "criu gives such a file a temporary name in the container’s root (link_remap.N) and takes it away when the container runs on: its images refer to a "
        + "name that is gone, and can never be restored.",
    Remedy = "Make the program close the file, or checkpoint without --leave-running and restore.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        !options.LeaveRunning || !options.LinkRemap
            ? []
            : snapshot.Files.Where(file => file is { Path: PathState.Missing, LinkCount: > 0, Type: FileType.Regular }
            && snapshot.MountOf(file) is { FileSystemType: not "tmpfs" })
            .Select(file => Found(file, $"{file.PathText} is gone, and the file has {file.LinkCount} other names"));
}
