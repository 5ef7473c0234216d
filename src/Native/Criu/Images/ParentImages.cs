namespace LxcNative.Native.Criu.Images;

/// <summary>Images that criu builds upon, and which say of every page of some processes that they have it: criu then writes none of them but those that the
/// kernel notes as written to.</summary>
/// <remarks>They have no pages. What is written upon them is no image until somebody else has written its pages.</remarks>
internal static class ParentImages
{
    /// <summary>The name of the link to them (CR_PARENT_LINK).</summary>
    public const string Link = "parent";

    /// <summary>The name of the inventory.</summary>
    public const string Inventory = "inventory.img";

    private const ulong Lowest = 0x1000;
    private const ulong MostPages = 1 << 30;
    private const ulong Format = 1;

    /// <summary>The address behind the last page that they speak of: where programs have memory that do not ask for more (48 bits).</summary>
    public const ulong Highest = 0xffff_ffff_f000;

    /// <summary>The inventory.</summary>
    /// <param name="uptime">When they are made: a process that begins later is another one. Time since the boot.</param>
    public static byte[] InventoryAt(TimeSpan uptime) =>
        new ImageWriter(ImageMagic.Inventory).Entry(new ProtobufWriter().Number(1, Format).Number(8, (ulong)uptime.TotalMicroseconds)).Written.ToArray();

    /// <summary>The pagemap of a process.</summary>
    /// <param name="number">The number of its file of pages.</param>
    public static byte[] PagemapOf(uint number)
    {
        var writer = new ImageWriter(ImageMagic.Pagemap).Entry(new ProtobufWriter().Number(1, number));
        for (var address = Lowest; address < Highest;)
        {
            var pages = Math.Min(MostPages, (Highest - address) / PagemapEntry.PageBytes);
            writer.Entry(new PagemapEntry(address, pages, PagemapFlags.Present).Write());
            address += pages * PagemapEntry.PageBytes;
        }

        return writer.Written.ToArray();
    }
}
