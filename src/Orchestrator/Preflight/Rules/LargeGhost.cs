using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Deleted file is too large.</summary>
internal sealed class LargeGhost() : PreflightRule(new RuleDescription
{
    Id = "LXN027",
    Title = "Deleted file is too large",
    Severity = FindingSeverity.Blocks,
    SeenBy = "st_nlink and st_blocks of what /proc/PID/fd and maps name",
    Why = "The content of a file that is open but has no name any more goes into the images, up to a limit.",
    Remedy = "Raise the limit with --ghost-limit, or make the program close the file (rotated logs, temporary files).",
    Permit = "--ghost-limit",
    CriuMessage = "Can't dump ghost file PATH of N size, increase limit",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var limit = options.GhostLimit ?? 1 << 20;
        return snapshot.Files.Where(file => file.Type == FileType.Regular && file.HasPath && file.LinkCount == 0 && file.AllocatedBytes > limit
                && file.Number is >= 0 or ObservedFile.Mapped && snapshot.MountAnywhere(file) is not null)
            .DistinctBy(file => (file.Device, file.Inode))
            .Select(file => Found(file, $"{file.PathText} is deleted and takes {file.AllocatedBytes} bytes; the limit is {limit}",
                $"Can't dump ghost file {file.PathText} of {file.AllocatedBytes} size, increase limit"));
    }
}
