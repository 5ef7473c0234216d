using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>What a rehearsal came to.</summary>
/// <param name="Failure">Why the images do not come back; null where they do, or where that could not be found out.</param>
/// <param name="Obstacle">Why it could not be found out; null where it was.</param>
/// <param name="Findings">The failure explained.</param>
/// <param name="Took">How long it took.</param>
internal sealed record RehearsalOutcome(string? Failure, string? Obstacle, IReadOnlyList<Finding> Findings, TimeSpan Took)
{
    /// <summary>What is left of it, in words.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>What was done when, in the process that rehearsed.</summary>
    public IReadOnlyList<RecordedSpan> Spans { get; init; } = [];
}
