using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Cli.Output.Reports;

/// <summary>Memory that was copied once, for programs.</summary>
/// <param name="Bytes">How much.</param>
/// <param name="Took">How long that took, in microseconds.</param>
internal sealed record PreCopyReport(long Bytes, long Took)
{
    /// <summary>That of a round.</summary>
    public static PreCopyReport Of(PreCopyRound round) => new(round.Bytes, Duration.Microseconds(round.Took));
}
