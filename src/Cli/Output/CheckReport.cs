using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Cli.Output;

/// <summary>What a check found, for programs.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Blocked">Whether something blocks; the exit code is 3 then.</param>
/// <param name="Microseconds">How long the look took.</param>
/// <param name="Findings">The findings, the gravest first.</param>
/// <param name="Fixes">What --fix did.</param>
internal sealed record CheckReport(string Name, bool Blocked, long Microseconds, IReadOnlyList<Finding> Findings, IReadOnlyList<FixAction> Fixes)
{
    /// <summary>How many microseconds the container stood still for a rehearsal; null where there was none.</summary>
    public long? StoodStill { get; init; }
}
