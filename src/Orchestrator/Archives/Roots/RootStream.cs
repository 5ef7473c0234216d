using LxcNative.Native.Files;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>A root file system as a tar archive (PAX), which is made while it is read: the same root is the same bytes.</summary>
/// <param name="root">The root's directory, which nobody changes; stays the caller's.</param>
/// <param name="length">How long it is, by <see cref="Measure"/>.</param>
internal sealed class RootStream(FileDescriptor root, long length) : ReadingStream
{
    private const int EndBytes = 2 * TarBlocks.Size;

    private readonly IEnumerator<ReadOnlyMemory<byte>> _parts = Parts(root).GetEnumerator();
    private ReadOnlyMemory<byte> _part;
    private long _at;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override long Length => length;

    /// <inheritdoc />
    public override long Position { get => _at; set => throw new NotSupportedException(); }

    /// <summary>How long the archive of a root will be: what is in the files is not read.</summary>
    /// <param name="root">The root's directory; stays the caller's.</param>
    /// <param name="look">Is given each file; null for nobody.</param>
    /// <param name="cancellation">Honoured between two files.</param>
    public static long Measure(FileDescriptor root, Action<RootFile>? look, CancellationToken cancellation)
    {
        long bytes = EndBytes;
        foreach (var file in new RootTree(root).Files())
        {
            cancellation.ThrowIfCancellationRequested();
            look?.Invoke(file);
            bytes += RootEntry.Head(file).Length + RootEntry.ContentBytes(file);
        }

        return bytes;
    }

    /// <inheritdoc />
    /// <exception cref="IOException">The root was changed, and is not as long as it was.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_part.IsEmpty && _parts.MoveNext())
            _part = _parts.Current;
        var count = Math.Min(buffer.Length, _part.Length);
        if (_at + count > length || (count == 0 && !buffer.IsEmpty && _at < length))
            throw RootTree.Changed("/"u8);
        _part.Span[..count].CopyTo(buffer);
        _part = _part[count..];
        _at += count;
        return count;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _parts.Dispose();
        base.Dispose(disposing);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Parts(FileDescriptor root)
    {
        var tree = new RootTree(root);
        var buffer = new byte[256 * 1024];
        foreach (var file in tree.Files())
        {
            yield return RootEntry.Head(file);
            if (file.Pieces.Count == 0)
                continue;
            using var content = tree.Open(file);
            foreach (var (offset, size) in file.Pieces)
                for (long done = 0; done < size;)
                {
                    var count = FileContent.ReadAt(content, buffer.AsSpan(0, (int)Math.Min(buffer.Length, size - done)), offset + done, file.Path);
                    done += count > 0 ? count : throw RootTree.Changed(file.Path);
                    yield return buffer.AsMemory(0, count);
                }

            FileAdvice.DoNotNeed(content);
            yield return new byte[RootEntry.Missing(file.Pieces.Sum(piece => piece.Length))];
        }

        yield return new byte[EndBytes];
    }
}
