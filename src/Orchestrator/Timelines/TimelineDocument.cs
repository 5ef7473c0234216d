namespace LxcNative.Orchestrator.Timelines;

/// <summary>A timeline for programs: all times are microseconds.</summary>
internal sealed record TimelineDocument(
    string Title, string Zero, long FocusStart, long FocusEnd, IReadOnlyList<TimelineDocumentSpan> Spans, long Start, long End, IReadOnlyList<string> Tracks)
{
    /// <summary>That of a timeline.</summary>
    public static TimelineDocument Of(Timeline timeline) => new(
        timeline.Title, timeline.Zero, Microseconds(timeline.FocusStart), Microseconds(timeline.FocusEnd),
        [
            .. timeline.Spans.Select(span => new TimelineDocumentSpan(
                span.Track, span.Name, Microseconds(span.Start), Microseconds(span.End), Microseconds(span.Length))),
        ],
        Microseconds(timeline.Start), Microseconds(timeline.End), timeline.Tracks);

    private static long Microseconds(TimeSpan time) => (long)time.TotalMicroseconds;
}
