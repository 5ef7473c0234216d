using LxcNative.Native.Memory;

namespace LxcNative.Native.Tests.Memory;

/// <summary>Lists of ranges, against sets of pages.</summary>
public class PageRangesTests
{
    private const ulong Page = 4096;

    [Fact]
    public void DifferencesAreThoseOfSets()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var (one, other) = (Pages(random), Pages(random));
            var left = PageRanges.Except(Ranges(one), Ranges(other));
            Assert.Equal([.. one.Except(other).Order()], left.SelectMany(PagesOf));
            Assert.Equal(left, Ranges([.. one.Except(other)]));
            Assert.Equal((long)Page * one.Except(other).Count(), PageRanges.Length(left));
        }
    }

    [Fact]
    public void EntriesOfAPagemapAreThosePagesThatAreNoFiles()
    {
        const ulong present = 1UL << 63, swapped = 1UL << 62, file = 1UL << 61;
        var found = new List<PageRange> { new(0, Page) };
        PagemapEntries.Add([present, present | file, 0, swapped, present | 7, file], Page, found);
        Assert.Equal([new PageRange(0, 2 * Page), new PageRange(4 * Page, 6 * Page)], found);
    }

    private static SortedSet<ulong> Pages(Random random) => [.. Enumerable.Range(0, random.Next(30)).Select(_ => (ulong)random.Next(40))];

    private static List<PageRange> Ranges(SortedSet<ulong> pages)
    {
        var ranges = new List<PageRange>();
        foreach (var page in pages)
            PageRanges.Append(ranges, new PageRange(page * Page, (page + 1) * Page));
        return ranges;
    }

    private static IEnumerable<ulong> PagesOf(PageRange range)
    {
        for (var address = range.Start; address < range.End; address += Page)
            yield return address / Page;
    }
}
