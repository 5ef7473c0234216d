using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Memory;
using LxcNative.Orchestrator.Checkpoints;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>The file that pages are copied to, one after the other, before it is known which of them the images need. It has no name.</summary>
internal sealed class PageCopy : IDisposable
{
    private const string Name = ".pages";
    private const int BufferBytes = 1 << 20, PageBytes = PageRange.PageBytes;
    private readonly FileStream _file;
    private readonly long _most;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);

    private PageCopy(FileStream file, long most) => (_file, _most) = (file, most);

    /// <summary>Makes it in memory.</summary>
    /// <param name="most">The most bytes that it takes.</param>
    /// <exception cref="SyscallException">It cannot be made.</exception>
    public static PageCopy InMemory(long most)
    {
        using var descriptor = MemoryFile.Create("pages");
        var file = new SafeFileHandle(descriptor.DangerousGetHandle(), ownsHandle: true);
        descriptor.SetHandleAsInvalid();
        return new PageCopy(new FileStream(file, FileAccess.ReadWrite, bufferSize: 0), most);
    }

    /// <summary>Makes it on the images' file system.</summary>
    /// <param name="images">The images.</param>
    /// <param name="most">The most bytes that it takes.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static PageCopy Beside(ImageDirectory images, long most)
    {
        var file = images.CreateFile(Name, bufferBytes: 0, FileAccess.ReadWrite);
        images.Delete(Name);
        return new PageCopy(file, most);
    }

    /// <summary>Copies pages of a process.</summary>
    /// <param name="memory">Its memory.</param>
    /// <param name="ranges">Which; in order.</param>
    /// <returns>Those that could be read: a process that runs may have given others back.</returns>
    /// <exception cref="IOException">The disk is full, or it would become larger than it may.</exception>
    public CopiedPages Take(FileDescriptor memory, IReadOnlyList<PageRange> ranges)
    {
        var runs = new List<(PageRange, long)>(ranges.Count);
        var (filled, end) = (0, _file.Position);
        foreach (var range in ranges)
        {
            for (var start = range.Start; start < range.End;)
            {
                if (filled == BufferBytes)
                    Flush(ref filled);
                var wanted = (int)Math.Min((ulong)(BufferBytes - filled), range.End - start);
                var read = ForeignMemory.Read(memory, start, _buffer.AsSpan(filled, wanted)) & ~(PageBytes - 1);
                if (read > 0)
                    runs.Add((new PageRange(start, start + (ulong)read), end));
                (filled, end) = (filled + read, end + read);
                // The page that cannot be read is left out.
                start += (ulong)(read == wanted ? read : read + PageBytes);
            }
        }

        Flush(ref filled);
        return new CopiedPages(runs);
    }

    /// <summary>Writes a part of it to the end of another file.</summary>
    public void CopyTo(FileStream other, long offset, long length) => FilePiece.Copy(_file.SafeFileHandle, offset, length, other, _buffer);

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private void Flush(ref int filled)
    {
        if (_file.Position + filled > _most)
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"more than {_most >> 20} MiB of memory were to be copied"));
        _file.Write(_buffer, 0, filled);
        filled = 0;
    }
}
