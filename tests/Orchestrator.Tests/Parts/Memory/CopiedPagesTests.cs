using LxcNative.Native.Memory;
using LxcNative.Orchestrator.Parts.Memory;

namespace LxcNative.Orchestrator.Tests.Parts.Memory;

/// <summary>Which pages were copied where to, against a map of single pages.</summary>
public class CopiedPagesTests
{
    private const ulong Page = 4096;

    [Fact]
    public void NewerOnesTakeThePlaceOfThoseOfBefore()
    {
        var random = new Random(11);
        for (var run = 0; run < 300; run++)
        {
            var model = new SortedDictionary<ulong, long>();
            var copied = CopiedPages.None;
            var end = 0L;
            for (var round = 0; round < 6; round++)
            {
                var runs = new List<(PageRange, long)>();
                foreach (var range in Ranges(random))
                {
                    runs.Add((range, end));
                    for (var page = range.Start; page < range.End; page += Page, end += (long)Page)
                        model[page] = end;
                }

                copied = copied.With(new CopiedPages(runs));
                var gone = Ranges(random);
                copied = copied.Without(gone);
                foreach (var page in model.Keys.Where(page => gone.Any(range => range.Start <= page && page < range.End)).ToList())
                    model.Remove(page);
                Assert.Equal(model, Single(copied));
            }

            foreach (var range in copied.Ranges)
                Assert.Equal(range.Length, copied.Of(range).Sum(part => part.Length));
        }
    }

    [Fact]
    public void APageThatIsMissingIsNotPassedOver()
    {
        var copied = new CopiedPages([(new PageRange(0, Page), 0), (new PageRange(2 * Page, 3 * Page), 8192)]);
        Assert.Equal([(8192, 4096)], copied.Of(new PageRange(2 * Page, 3 * Page)));
        Assert.Throws<InvalidOperationException>(() => copied.Of(new PageRange(0, 3 * Page)).Count());
        Assert.Throws<InvalidOperationException>(() => copied.Of(new PageRange(2 * Page, 4 * Page)).Count());
    }

    private static List<PageRange> Ranges(Random random)
    {
        var ranges = new List<PageRange>();
        for (var page = (ulong)random.Next(4); page < 40; page += 1 + (ulong)random.Next(6))
        {
            var count = 1 + (ulong)random.Next(5);
            ranges.Add(new PageRange(page * Page, (page + count) * Page));
            page += count;
        }

        return ranges;
    }

    private static SortedDictionary<ulong, long> Single(CopiedPages copied)
    {
        var pages = new SortedDictionary<ulong, long>();
        foreach (var (range, offset) in copied.Runs)
            for (var page = range.Start; page < range.End; page += Page)
                pages.Add(page, offset + (long)(page - range.Start));
        return pages;
    }
}
