namespace LxcNative.Native.Criu.Images;

/// <summary>A pagemap without memory: what criu reads itself while it restores stays, the rest is left out, and is empty memory then.</summary>
/// <remarks>criu looks into the restored vDSO, into the rings of asynchronous I/O and into shadow stacks (criu/pie/restorer.c). Pages follow one another in a
/// file of their own, in the order of the entries, so that one has to be written anew.</remarks>
internal static class PagemapReduction
{
    // VMA_AREA_VDSO, VMA_AREA_AIORING, VMA_AREA_SHSTK (criu/include/image.h).
    private const uint LookedInto = 1 << 3 | 1 << 13 | 1 << 15;

    /// <summary>The parts of an address space that criu looks into.</summary>
    /// <param name="image">The content of mm-PID.img.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlyList<(ulong Start, ulong End)> Needed(ReadOnlySpan<byte> image, string file)
    {
        var needed = new List<(ulong, ulong)>();
        var space = new ImageEntries(image, ImageMagic.AddressSpace, file).Single();
        while (space.Next())
        {
            if (space.Field == MemoryArea.Field && MemoryArea.Parse(space.AsMessage()) is var area && (area.Status & LookedInto) != 0)
                needed.Add((area.Start, area.End));
        }

        return needed;
    }

    /// <summary>Leaves the rest out.</summary>
    /// <param name="image">The content of the pagemap.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="needed">What stays: addresses, the second of each is the first that is not needed.</param>
    /// <param name="readPages">Given the pages' number, fills a buffer from an offset in pages-NUMBER.img.</param>
    /// <returns>The number of the file of pages, the pagemap, and the pages.</returns>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static (uint Number, byte[] Pagemap, byte[] Pages) Reduce(ReadOnlySpan<byte> image, string file, IReadOnlyList<(ulong Start, ulong End)> needed,
        Action<uint, long, Memory<byte>> readPages)
    {
        var entries = new ImageEntries(image, ImageMagic.Pagemap, file);
        if (!entries.Next())
            throw new MalformedImageException(file, 0, "the pagemap has no head");
        var writer = new ImageWriter(ImageMagic.Pagemap).Entry(entries.Bytes);
        var number = PagemapEntry.ParseHead(entries.Message);
        using var pages = new MemoryStream();
        for (var offset = 0L; entries.Next();)
        {
            var entry = PagemapEntry.Parse(entries.Message);
            foreach (var range in needed)
            {
                var (from, to) = (Math.Max(entry.Address, range.Start), Math.Min(entry.End, range.End));
                if (from >= to)
                    continue;
                writer.Entry((entry with { Address = from, Pages = (to - from) / PagemapEntry.PageBytes }).Write());
                if (!entry.IsHere)
                    continue;
                var buffer = new byte[checked((int)(to - from))];
                readPages(number, offset + (long)(from - entry.Address), buffer);
                pages.Write(buffer);
            }

            offset += entry.IsHere ? checked((long)entry.Pages * PagemapEntry.PageBytes) : 0;
        }

        return (number, writer.Written.ToArray(), pages.ToArray());
    }
}
