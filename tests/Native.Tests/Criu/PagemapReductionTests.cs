using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

public sealed class PagemapReductionTests
{
    private const int Page = 4096;
    private const uint Present = 4, InParent = 1;

    [Fact]
    public void OnlyWhatCriuLooksIntoIsKept()
    {
        var image = new ImageWriter(ImageMagic.Pagemap).Entry(new ProtobufWriter().Number(1, 7))
            .Entry(Entry(0x10000, 3, Present)).Entry(Entry(0x20000, 2, Present)).Entry(Entry(0x30000, 4, Present)).Written;
        var (number, pagemap, pages) = PagemapReduction.Reduce(image, "pagemap-1.img", [(0x20000, 0x22000)], Pages(7));
        Assert.Equal(7U, number);
        Assert.Equal([(0x20000UL, 2UL, Present)], EntriesOf(pagemap));
        Assert.Equal(2 * Page, pages.Length);
        Assert.Equal([3, 4], [pages[0], pages[Page]]);
    }

    [Fact]
    public void APartOfAnEntryIsCutOutOfIt()
    {
        var image = new ImageWriter(ImageMagic.Pagemap).Entry(new ProtobufWriter().Number(1, 1)).Entry(Entry(0x10000, 8, Present)).Written;
        var (_, pagemap, pages) = PagemapReduction.Reduce(image, "pagemap-1.img", [(0x13000, 0x15000)], Pages(1));
        Assert.Equal([(0x13000UL, 2UL, Present)], EntriesOf(pagemap));
        Assert.Equal([3, 4], [pages[0], pages[Page]]);
    }

    [Fact]
    public void PagesOfAParentTakeNoPlaceInTheFile()
    {
        var image = new ImageWriter(ImageMagic.Pagemap).Entry(new ProtobufWriter().Number(1, 1))
            .Entry(Entry(0x10000, 2, InParent)).Entry(Entry(0x20000, 1, Present)).Written;
        var (_, pagemap, pages) = PagemapReduction.Reduce(image, "pagemap-1.img", [(0x10000, 0x30000)], Pages(1));
        Assert.Equal([(0x10000UL, 2UL, InParent), (0x20000UL, 1UL, Present)], EntriesOf(pagemap));
        Assert.Equal([0], [pages[0]]);
    }

    [Fact]
    public void AnEntryWithoutFlagsIsPresent()
    {
        var image = new ImageWriter(ImageMagic.Pagemap).Entry(new ProtobufWriter().Number(1, 1))
            .Entry(new ProtobufWriter().Number(1, 0x10000).Number(2, 1)).Written;
        Assert.Equal([(0x10000UL, 1UL, Present)], EntriesOf(PagemapReduction.Reduce(image, "pagemap-1.img", [(0x10000, 0x11000)], Pages(1)).Pagemap));
    }

    [Fact]
    public void SharedMemoryIsLeftOutWhole()
    {
        var image = new ImageWriter(ImageMagic.Pagemap).Entry(new ProtobufWriter().Number(1, 2)).Entry(Entry(0, 100, Present)).Written;
        var (_, pagemap, pages) = PagemapReduction.Reduce(image, "pagemap-shmem-2.img", [], Pages(2));
        Assert.Empty(EntriesOf(pagemap));
        Assert.Empty(pages);
    }

    [Fact]
    public void TheVdsoIsLookedInto()
    {
        ProtobufWriter Area(ulong start, uint status) => new ProtobufWriter().Number(1, start).Number(2, start + Page).Number(7, status);
        var image = new ImageWriter(ImageMagic.AddressSpace).Entry(new ProtobufWriter()
            .Message(14, Area(0x1000, 0x201)).Message(14, Area(0x7000, 0x9)).Message(14, Area(0x9000, 0x2201))).Written;
        Assert.Equal([(0x7000UL, 0x8000UL), (0x9000UL, 0xa000UL)], PagemapReduction.Needed(image, "mm-1.img"));
    }

    private static ProtobufWriter Entry(ulong address, ulong pages, uint flags) =>
        new ProtobufWriter().Number(1, address).Number(2, pages).Number(4, flags).Number(5, pages);

    // Every page of the file holds its own number.
    private static Action<uint, long, Memory<byte>> Pages(uint expected) => (number, offset, buffer) =>
    {
        Assert.Equal(expected, number);
        for (var i = 0; i < buffer.Length; i++)
            buffer.Span[i] = (byte)((offset + i) / Page);
    };

    private static List<(ulong Address, ulong Pages, uint Flags)> EntriesOf(byte[] pagemap)
    {
        var all = new List<(ulong, ulong, uint)>();
        var entries = new ImageEntries(pagemap, ImageMagic.Pagemap, "copy");
        Assert.True(entries.Next());
        while (entries.Next())
        {
            var message = entries.Message;
            var (address, count, flags) = (0UL, 0UL, 0U);
            while (message.Next())
            {
                switch (message.Field)
                {
                    case 1:
                        address = message.AsUInt64();
                        break;
                    case 4:
                        flags = message.AsUInt32();
                        break;
                    case 5:
                        count = message.AsUInt64();
                        break;
                }
            }

            all.Add((address, count, flags));
        }

        return all;
    }
}
