using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Cli.Output.Reports;

/// <summary>A checkpoint's result for programs.</summary>
/// <param name="Pid">The pid that the container's init has, or had, on the host.</param>
/// <param name="Name">The container's name.</param>
/// <param name="ImagesDir">The directory with the images, absolute.</param>
/// <param name="ImagesBytes">Their size.</param>
/// <param name="LeftRunning">Whether the container runs on.</param>
/// <param name="Lock">What held the network.</param>
/// <param name="Packets">What became of packets meanwhile.</param>
/// <param name="Network">Who saved the network namespace.</param>
/// <param name="Timings">How long the parts took.</param>
/// <param name="Criu">criu's own statistics.</param>
/// <param name="PreCopied">The memory that was copied before the freeze, a round each.</param>
/// <param name="Restored">What runs again, where it was restored in place; else null.</param>
/// <param name="Warnings">What a reader should know although it did not stop the checkpoint.</param>
internal sealed record CheckpointReport(
    int Pid, string Name, string ImagesDir, long ImagesBytes, bool LeftRunning, string Lock, PacketsReport? Packets, CaptureMode Network,
    CheckpointTimesReport Timings, DumpStatistics? Criu, IReadOnlyList<PreCopyReport> PreCopied, RestoreReport? Restored, IReadOnlyList<string> Warnings)
{
    /// <summary>That of a result.</summary>
    public static CheckpointReport Of(CheckpointResult result) => new(
        result.Pid, result.Name, result.ImagesDir, result.ImagesBytes, result.LeftRunning, result.Lock, PacketsReport.Of(result.Packets), result.Network,
        CheckpointTimesReport.Of(result.Timings), result.Criu,
        [.. result.PreCopied.Select(PreCopyReport.Of)], result.Restored is { } restored ? RestoreReport.Of(restored) : null, result.Warnings);
}
