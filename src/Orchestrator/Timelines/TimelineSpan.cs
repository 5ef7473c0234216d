namespace LxcNative.Orchestrator.Timelines;

/// <summary>Something that lasted.</summary>
/// <param name="Track">Which row it belongs to.</param>
/// <param name="Name">What it was.</param>
/// <param name="Start">When it began, in microseconds.</param>
/// <param name="End">When it ended, in microseconds of the same clock.</param>
public sealed record TimelineSpan(string Track, string Name, long Start, long End)
{
    /// <summary>How long it lasted, in microseconds.</summary>
    public long Length => End - Start;
}
