namespace LxcNative.Native.Criu.Images;

/// <summary>A pagemap without memory: what criu reads itself while it restores stays, the rest is left out, and is empty memory then.</summary>
/// <remarks>criu looks into the restored vDSO, into the rings of asynchronous I/O and into shadow stacks (criu/pie/restorer.c). Pages follow one another in a
/// file of their own, in the order of the entries, so that one has to be written anew.</remarks>
internal static class PagemapReduction
{
    private const int PageBytes = 4096;
    private const uint InParent = 1, Present = 4;

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
        var number = HeadOf(entries.Message);
        using var pages = new MemoryStream();
        for (var offset = 0L; entries.Next();)
        {
            var (address, count, flags) = EntryOf(entries.Message);
            var isPresent = (flags & Present) != 0 && (flags & InParent) == 0;
            var end = address + count * PageBytes;
            foreach (var range in needed)
            {
                var (from, to) = (Math.Max(address, range.Start), Math.Min(end, range.End));
                if (from >= to)
                    continue;
                var kept = (to - from) / PageBytes;
                writer.Entry(new ProtobufWriter().Number(1, from).Number(2, kept).Number(4, flags).Number(5, kept));
                if (!isPresent)
                    continue;
                var buffer = new byte[checked((int)(to - from))];
                readPages(number, offset + (long)(from - address), buffer);
                pages.Write(buffer);
            }

            offset += isPresent ? checked((long)count * PageBytes) : 0;
        }

        return (number, writer.Written.ToArray(), pages.ToArray());
    }

    private static uint HeadOf(ProtobufReader message)
    {
        var number = 0U;
        while (message.Next())
            if (message.Field == 1)
                number = message.AsUInt32();
        message.Require("the head of a pagemap", 1);
        return number;
    }

    private static (ulong Address, ulong Pages, uint Flags) EntryOf(ProtobufReader message)
    {
        var (address, count, compatible) = (0UL, 0UL, 0UL);
        bool isInParent = false, hasFlags = false, hasCount = false;
        var flags = 0U;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    address = message.AsUInt64();
                    break;
                case 2:
                    compatible = message.AsUInt64();
                    break;
                case 3:
                    isInParent = message.AsBoolean();
                    break;
                case 4:
                    (flags, hasFlags) = (message.AsUInt32(), true);
                    break;
                case 5:
                    (count, hasCount) = (message.AsUInt64(), true);
                    break;
            }
        }

        message.Require("an entry of a pagemap", 1, 2);
        // Older criu wrote no flags (init_compat_pagemap_entry).
        if (isInParent)
            flags |= InParent;
        else if (!hasFlags)
            flags = Present;
        return (address, hasCount ? count : compatible, flags);
    }
}
