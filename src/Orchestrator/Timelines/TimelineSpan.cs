namespace LxcNative.Orchestrator.Timelines;

/// <summary>Something that lasted.</summary>
/// <param name="Track">Which row it belongs to.</param>
/// <param name="Name">What it was.</param>
/// <param name="Start">When it began, from time 0; negative before it.</param>
/// <param name="End">When it ended.</param>
public sealed record TimelineSpan(string Track, string Name, TimeSpan Start, TimeSpan End)
{
    /// <summary>How long it lasted.</summary>
    public TimeSpan Length => End - Start;
}
