using LxcNative.Native.Criu.Images;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Steps;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>The images without the container's memory: it is there already, and there need not be room for it twice.</summary>
/// <param name="imagesDirectory">Where the images are.</param>
/// <param name="images">Where they are mended.</param>
internal sealed class LeftOutMemory(string imagesDirectory, MendedImages images)
{
    /// <summary>Leaves it out.</summary>
    public Step Leave => new("images without memory", () =>
    {
        foreach (var path in Directory.EnumerateFiles(imagesDirectory, $"{PagemapFile.Prefix}*{PagemapFile.Suffix}"))
            Reduce(path);
    });

    private void Reduce(string path)
    {
        var name = Path.GetFileName(path);
        var space = Path.Combine(imagesDirectory, $"mm-{name[PagemapFile.Prefix.Length..]}");
        // That of shared memory is of no process.
        var needed = File.Exists(space) ? PagemapReduction.Needed(File.ReadAllBytes(space), space) : [];
        var (number, pagemap, pages) = PagemapReduction.Reduce(File.ReadAllBytes(path), path, needed, ReadPages);
        images.Replace(name, pagemap);
        images.Replace(PagemapFile.Pages(number), pages);
    }

    private void ReadPages(uint number, long offset, Memory<byte> buffer)
    {
        var path = Path.Combine(imagesDirectory, PagemapFile.Pages(number));
        using var descriptor = FileOpen.Open(path, OpenFlags.ReadOnly | OpenFlags.NoFollow);
        using var file = new SafeFileHandle(descriptor.DangerousGetHandle(), ownsHandle: false);
        for (var read = 0; read < buffer.Length;)
        {
            var count = RandomAccess.Read(file, buffer.Span[read..], offset + read);
            read += count > 0 ? count : throw new MalformedImageException(path, offset + read, "the file ends before its pages");
        }
    }
}
