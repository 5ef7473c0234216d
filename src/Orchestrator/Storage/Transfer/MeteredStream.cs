using LxcNative.Orchestrator.Archives;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>A file on its way to somebody who reads it from the beginning to the end: each piece is told, and a cancellation honoured between two.</summary>
/// <param name="file">The file; this object's.</param>
/// <param name="tell">Is told how many bytes were read.</param>
/// <param name="cancellation">The cancellation.</param>
internal sealed class MeteredStream(Stream file, Action<int> tell, CancellationToken cancellation) : ReadingStream
{
    /// <inheritdoc />
    public override bool CanSeek => file.CanSeek;

    /// <inheritdoc />
    public override long Length => file.Length;

    /// <inheritdoc />
    public override long Position { get => file.Position; set => file.Position = value; }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        var count = file.Read(buffer);
        tell(count);
        return count;
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
