namespace LxcNative.Native.Memory;

/// <summary>Lists of ranges, in order of their addresses and without overlap.</summary>
internal static class PageRanges
{
    /// <summary>Adds a range behind all others; one with the last where they touch.</summary>
    /// <exception cref="ArgumentException">It is not behind them.</exception>
    public static void Append(List<PageRange> ranges, PageRange range)
    {
        if (range.Start >= range.End || (ranges.Count > 0 && range.Start < ranges[^1].End))
            throw new ArgumentException($"{range.Start:x}-{range.End:x} is not behind the ranges before.", nameof(range));
        if (ranges.Count > 0 && ranges[^1].End == range.Start)
            ranges[^1] = ranges[^1] with { End = range.End };
        else
            ranges.Add(range);
    }

    /// <summary>What is in the first, and not in the second.</summary>
    public static List<PageRange> Except(IReadOnlyList<PageRange> ranges, IReadOnlyList<PageRange> others)
    {
        var (left, pieces, at) = (new List<PageRange>(), new List<PageRange>(), 0);
        foreach (var range in ranges)
            foreach (var piece in Outside(range, others, ref at, pieces))
                Append(left, piece);
        return left;
    }

    /// <summary>The parts of a range that are in none of others.</summary>
    /// <param name="range">The range.</param>
    /// <param name="others">The others.</param>
    /// <param name="at">Which of them is looked at first: 0 for the first range, and kept for those behind it.</param>
    /// <param name="pieces">Gets the parts, and loses what was in it.</param>
    /// <returns><paramref name="pieces"/>.</returns>
    public static List<PageRange> Outside(PageRange range, IReadOnlyList<PageRange> others, ref int at, List<PageRange> pieces)
    {
        pieces.Clear();
        var start = range.Start;
        while (at < others.Count && others[at].End <= start)
            at++;
        for (var other = at; other < others.Count && others[other].Start < range.End; other++)
        {
            if (others[other].Start > start)
                pieces.Add(new PageRange(start, others[other].Start));
            start = others[other].End;
        }

        if (start < range.End)
            pieces.Add(new PageRange(start, range.End));
        return pieces;
    }

    /// <summary>The bytes of all.</summary>
    public static long Length(IReadOnlyList<PageRange> ranges)
    {
        var length = 0L;
        foreach (var range in ranges)
            length += range.Length;
        return length;
    }
}
