namespace LxcNative.Orchestrator.Timelines;

/// <summary>Everything that happened during a checkpoint or a restore, on one time axis.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Zero">What happened at time 0.</param>
/// <param name="FocusStart">Where the part begins that matters most, from time 0.</param>
/// <param name="FocusEnd">Where it ends.</param>
/// <param name="Spans">What happened, in the order of the rows and of time.</param>
public sealed record Timeline(string Title, string Zero, TimeSpan FocusStart, TimeSpan FocusEnd, IReadOnlyList<TimelineSpan> Spans)
{
    /// <summary>When the first began.</summary>
    public TimeSpan Start => Spans.Min(span => span.Start);

    /// <summary>When the last ended.</summary>
    public TimeSpan End => Spans.Max(span => span.End);

    /// <summary>The rows, from the top.</summary>
    public IReadOnlyList<string> Tracks => [.. Spans.Select(span => span.Track).Distinct()];

    /// <summary>Moves spans of a clock to a time 0 of that clock, rows in their order.</summary>
    internal static Timeline Of(string title, string zero, long origin, (long Start, long End) focus, IEnumerable<RecordedSpan> spans)
    {
        TimeSpan From(long moment) => TimeSpan.FromMicroseconds(moment - origin);

        return new(title, zero, From(focus.Start), From(focus.End),
        [
            .. spans.Where(span => span.End >= span.Start).OrderBy(span => Array.IndexOf(Track.Order, span.Track)).ThenBy(span => span.Start)
                // One of no length was over before its contemporaries; of the others the longest holds the rest.
                .ThenByDescending(span => span.End == span.Start).ThenByDescending(span => span.End)
                .Select(span => new TimelineSpan(span.Track, span.Name, From(span.Start), From(span.End))),
        ]);
    }
}
