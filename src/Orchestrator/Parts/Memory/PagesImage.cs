using LxcNative.Native.Criu.Images;
using LxcNative.Native.Memory;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>The pages of one process's image: criu wrote those that it could not leave out, in their order.</summary>
/// <param name="images">The images.</param>
/// <param name="process">The process's pid in the container.</param>
internal sealed class PagesImage(ImageDirectory images, int process)
{
    private const string Draft = ".pages.new";
    private const int BufferBytes = 1 << 20;
    private readonly string _name = PagemapFile.Of(process);

    /// <summary>The pages that criu left to others; in order. None where it dumped no such process.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public List<PageRange> LeftOut()
    {
        var ranges = new List<PageRange>();
        foreach (var entry in Read().Entries.Where(entry => entry.IsInParent))
            PageRanges.Append(ranges, new PageRange(entry.Address, entry.End));
        return ranges;
    }

    /// <summary>Makes it whole, where it is not.</summary>
    /// <param name="copied">The pages that criu left out.</param>
    /// <param name="copy">Where they are.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public void Complete(CopiedPages copied, PageCopy copy)
    {
        var (head, number, entries) = Read();
        if (!entries.Any(entry => entry.IsInParent))
            return;
        var pages = PagemapFile.Pages(number);
        var (buffer, at) = (new byte[BufferBytes], 0L);
        var writer = new ImageWriter(ImageMagic.Pagemap).Entry(head);
        using (var former = images.OpenFile(pages))
        using (var whole = images.CreateFile(Draft, bufferBytes: 0))
        {
            foreach (var entry in entries)
            {
                var range = new PageRange(entry.Address, entry.End);
                if (entry.IsInParent)
                {
                    foreach (var (offset, length) in copied.Of(range))
                        copy.CopyTo(whole, offset, length);
                }
                else if (entry.IsHere)
                {
                    FilePiece.Copy(former.SafeFileHandle, at, range.Length, whole, buffer);
                    at += range.Length;
                }

                writer.Entry((entry.IsInParent ? entry with { Flags = entry.Flags & ~PagemapFlags.InParent | PagemapFlags.Present } : entry).Write());
            }
        }

        images.Rename(Draft, pages);
        images.Write(_name, writer.Written.ToArray());
    }

    // Without entries where there is none.
    private (byte[] Head, uint Number, List<PagemapEntry> Entries) Read()
    {
        if (!images.Has(_name))
            return ([], 0, []);
        var reader = new ImageEntries(images.ReadBytes(_name), ImageMagic.Pagemap, _name);
        if (!reader.Next())
            throw new MalformedImageException(_name, 0, "the pagemap has no head");
        var (head, number, entries) = (reader.Bytes.ToArray(), PagemapEntry.ParseHead(reader.Message), new List<PagemapEntry>());
        while (reader.Next())
            entries.Add(PagemapEntry.Parse(reader.Message));
        return (head, number, entries);
    }
}
