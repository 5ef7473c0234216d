using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>File opened by a name that is gone.</summary>
internal sealed class RemovedName() : PreflightRule(new RuleDescription
{
    Id = "LXN028",
    Title = "File opened by a name that is gone",
    Severity = FindingSeverity.Blocks,
    SeenBy = "The path in /proc/PID/fd names nothing, and st_nlink is not 0",
    Why = "The file has other names, which nobody knows. criu gives it a temporary one if it may.",
    Remedy = "Leave --link-remap on, as it is by default.",
    Permit = "--link-remap",
    CriuMessage = "Can't create link remap for PATH. Use link-remap option.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        options.LinkRemap
            ? []
            : snapshot.Files.Where(file => file is { Number: >= 0, Path: PathState.Missing, LinkCount: > 0, Type: FileType.Regular }
            && snapshot.MountOf(file) is not null)
            .Select(file => Found(file, $"{file.PathText} is gone, and the file has {file.LinkCount} other names",
                $"Can't create link remap for {file.PathText}. Use link-remap option."));
}
