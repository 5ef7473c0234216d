using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Comparisons;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Output.Reports;

/// <summary>A restore's result for programs.</summary>
/// <param name="Pid">The pid of the container's init as the host sees it.</param>
/// <param name="Name">The container's name.</param>
/// <param name="ImagesDir">The images it came from.</param>
/// <param name="MonitorPid">The monitor, its parent; 0 when it was detached.</param>
/// <param name="Created">When that checkpoint was made; null where it was restored in its own place.</param>
/// <param name="Label">What it was called; null for nothing.</param>
/// <param name="Packets">What became of packets that came before the container ran.</param>
/// <param name="Timings">How long the parts took.</param>
/// <param name="Criu">criu's own statistics.</param>
/// <param name="Comparison">How it differed from its checkpoint before it ran; null where that was not asked for.</param>
/// <param name="Warnings">What a reader should know although it did not stop the restore.</param>
internal sealed record RestoreReport(
    int Pid, string Name, string ImagesDir, int MonitorPid, DateTimeOffset? Created, string? Label, PacketsReport? Packets,
    RestoreTimesReport Timings, RestoreStatistics? Criu, ComparisonReport? Comparison, IReadOnlyList<string> Warnings)
{
    /// <summary>That of a result.</summary>
    public static RestoreReport Of(RestoreResult result) => new(
        result.Pid, result.Name, result.ImagesDir, result.MonitorPid, result.Created, result.Label,
        PacketsReport.Of(result.Packets), RestoreTimesReport.Of(result.Timings), result.Criu, result.Comparison, result.Warnings);
}
