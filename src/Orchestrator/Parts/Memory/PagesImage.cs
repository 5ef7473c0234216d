using System.Globalization;
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
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"pagemap-{process}.img");

    /// <summary>The pages that criu left to others; in order. None where it dumped no such process.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public List<PageRange> LeftOut()
    {
        var ranges = new List<PageRange>();
        if (!images.Has(_name))
            return ranges;
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
        if (LeftOut().Count == 0)
            return;
        var (head, number, entries) = Read();
        var pages = string.Create(CultureInfo.InvariantCulture, $"pages-{number}.img");
        var writer = new ImageWriter(ImageMagic.Pagemap).Entry(head);
        using (var former = images.OpenFile(pages))
        using (var whole = images.CreateFile(Draft, bufferBytes: 0))
        {
            foreach (var entry in entries)
            {
                if (entry.IsInParent)
                    foreach (var (offset, length) in copied.Of(new PageRange(entry.Address, entry.End)))
                        copy.CopyTo(whole, offset, length);
                else if (entry.IsHere)
                    CopyOn(former, whole, (long)entry.Pages * PagemapEntry.PageBytes);
                writer.Entry((entry.IsInParent ? entry with { Flags = entry.Flags & ~PagemapFlags.InParent | PagemapFlags.Present } : entry).Write());
            }
        }

        images.Rename(Draft, pages);
        images.Write(_name, writer.Written.ToArray());
    }

    private (byte[] Head, uint Number, List<PagemapEntry> Entries) Read()
    {
        var reader = new ImageEntries(images.ReadBytes(_name), ImageMagic.Pagemap, _name);
        if (!reader.Next())
            throw new MalformedImageException(_name, 0, "the pagemap has no head");
        var (head, number, entries) = (reader.Bytes.ToArray(), PagemapEntry.ParseHead(reader.Message), new List<PagemapEntry>());
        while (reader.Next())
            entries.Add(PagemapEntry.Parse(reader.Message));
        return (head, number, entries);
    }

    private static void CopyOn(FileStream from, FileStream to, long length)
    {
        var buffer = new byte[Math.Min(length, 1 << 20)];
        while (length > 0)
        {
            var read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0)
                throw new EndOfStreamException($"{from.Name} ends before its pages");
            to.Write(buffer, 0, read);
            length -= read;
        }
    }
}
