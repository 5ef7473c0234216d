namespace LxcNative.Orchestrator.Timelines;

/// <summary>Where a moment is on the paper.</summary>
/// <param name="Start">The left edge's moment, in microseconds.</param>
/// <param name="End">The right edge's.</param>
/// <param name="Left">The left edge.</param>
/// <param name="Width">The distance to the right edge.</param>
internal sealed record TimelineScale(long Start, long End, double Left, double Width)
{
    private const int MostTicks = 12;

    /// <summary>One from a moment to another.</summary>
    public static TimelineScale Of(TimeSpan start, TimeSpan end, double left, double width) =>
        new((long)start.TotalMicroseconds, (long)end.TotalMicroseconds, left, width);

    /// <inheritdoc cref="At(long)" />
    public double At(TimeSpan moment) => At((long)moment.TotalMicroseconds);

    /// <summary>The place of a moment; those outside are on the edge.</summary>
    public double At(long moment) => Left + Width * (Math.Clamp(moment, Start, End) - Start) / Math.Max(1, End - Start);

    /// <summary>Whether a span is to be seen at all.</summary>
    public bool Shows(TimelineSpan span) => span.End.TotalMicroseconds >= Start && span.Start.TotalMicroseconds <= End;

    /// <summary>Round moments: 1, 2 or 5 times a power of ten apart.</summary>
    public IEnumerable<long> Ticks()
    {
        long step = 1;
        for (var i = 0; (End - Start) / step > MostTicks; i++)
            step = (i % 3) switch { 0 => step * 2, 1 => step / 2 * 5, _ => step * 2 };
        for (var at = (long)Math.Ceiling((double)Start / step) * step; at <= End; at += step)
            yield return at;
    }
}
