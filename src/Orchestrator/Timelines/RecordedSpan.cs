namespace LxcNative.Orchestrator.Timelines;

/// <summary>Something that lasted, as it was recorded.</summary>
/// <param name="Track">Which row it belongs to.</param>
/// <param name="Name">What it was.</param>
/// <param name="Start">When it began, in microseconds of CLOCK_MONOTONIC.</param>
/// <param name="End">When it ended.</param>
internal sealed record RecordedSpan(string Track, string Name, long Start, long End);
