using LxcNative.Native.Criu;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>The timeline of a restore.</summary>
internal static class RestoreTimeline
{
    private static readonly Dictionary<string, string> Anchors = new(StringComparer.Ordinal)
    {
        [RestoreSpan.Init] = "Running setup-namespaces scripts",
        [RestoreSpan.Await] = "Running post-setup-namespaces scripts",
        [RestoreSpan.Open] = "Running network-unlock scripts",
    };

    /// <summary>Builds it.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="spans">What the monitor recorded, and the command; microseconds of CLOCK_MONOTONIC.</param>
    /// <param name="log">criu's log.</param>
    /// <param name="start">When the restore began.</param>
    /// <param name="end">When it was over.</param>
    public static Timeline Build(string name, IReadOnlyList<RecordedSpan> spans, IReadOnlyList<CriuLogEntry> log, long start, long end)
    {
        var anchors = spans.Where(span => Anchors.ContainsKey(span.Name)).Select(span => (Anchors[span.Name], span.Start)).ToList();
        var criu = spans.First(span => span.Name == RestoreSpan.Criu);
        return Timeline.Of(
            $"Restore of {name}: {MarkupText.Duration(end - start)} until it runs", "the command's start", start, (criu.Start, criu.End),
            [
                new RecordedSpan(Track.Container, TimelinePalette.IsAway, start, criu.End),
                new RecordedSpan(Track.Container, "runs", criu.End, end),
                .. spans,
                .. CriuPhases.Read(log, CriuPhases.Restore, anchors, criu.End),
            ]);
    }
}
