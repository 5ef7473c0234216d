using LxcNative.Native.Memory;

namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>Which pages of a process were copied, and where to: in order of their addresses, without overlap.</summary>
/// <param name="Runs">Pages that follow one another, there and in the copy, with the offset of the first.</param>
internal sealed record CopiedPages(IReadOnlyList<(PageRange Range, long Offset)> Runs)
{
    /// <summary>None.</summary>
    public static CopiedPages None { get; } = new([]);

    /// <summary>Their addresses.</summary>
    public List<PageRange> Ranges
    {
        get
        {
            var ranges = new List<PageRange>(Runs.Count);
            foreach (var (range, _) in Runs)
                PageRanges.Append(ranges, range);
            return ranges;
        }
    }

    /// <summary>Without some.</summary>
    public CopiedPages Without(IReadOnlyList<PageRange> ranges)
    {
        var (left, pieces, at) = (new List<(PageRange, long)>(Runs.Count), new List<PageRange>(), 0);
        foreach (var (range, offset) in Runs)
            foreach (var piece in PageRanges.Outside(range, ranges, ref at, pieces))
                left.Add((piece, offset + (long)(piece.Start - range.Start)));
        return new CopiedPages(left);
    }

    /// <summary>With newer ones, which take the place of those of before.</summary>
    public CopiedPages With(CopiedPages newer)
    {
        var older = Without(newer.Ranges).Runs;
        var all = new List<(PageRange, long)>(older.Count + newer.Runs.Count);
        var at = 0;
        foreach (var run in newer.Runs)
        {
            while (at < older.Count && older[at].Range.Start < run.Range.Start)
                all.Add(older[at++]);
            all.Add(run);
        }

        while (at < older.Count)
            all.Add(older[at++]);
        return new CopiedPages(all);
    }

    /// <summary>The parts of a range, in order, with their offsets.</summary>
    /// <exception cref="InvalidOperationException">One of its pages was not copied.</exception>
    public IEnumerable<(long Offset, long Length)> Of(PageRange range)
    {
        var start = range.Start;
        for (var at = First(start); start < range.End; at++)
        {
            if (at >= Runs.Count || Runs[at].Range.Start > start)
                throw new InvalidOperationException($"The page at {start:x} was not copied.");
            var end = Math.Min(range.End, Runs[at].Range.End);
            yield return (Runs[at].Offset + (long)(start - Runs[at].Range.Start), (long)(end - start));
            start = end;
        }
    }

    // The first that ends behind an address.
    private int First(ulong address)
    {
        var (low, high) = (0, Runs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Runs[middle].Range.End <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
