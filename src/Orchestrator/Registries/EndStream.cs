namespace LxcNative.Orchestrator.Registries;

/// <summary>Takes all of some content, and hands on what of it is from a byte on.</summary>
/// <param name="target">Where to; stays the caller's.</param>
/// <param name="from">The first byte that is handed on.</param>
/// <param name="size">How long all of it is.</param>
/// <param name="tell">Is told the byte that was reached.</param>
internal sealed class EndStream(Stream target, long from, long size, Action<long> tell) : Stream
{
    private long _at;

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc />
    /// <exception cref="IOException">It is longer than it was before: somebody changes it.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_at + buffer.Length > size)
            throw new InvalidDataException("the checkpoint has changed while it was sent");
        var skipped = (int)Math.Min(buffer.Length, Math.Max(0, from - _at));
        if (skipped < buffer.Length)
            target.Write(buffer[skipped..]);
        _at += buffer.Length;
        tell(Math.Max(_at, from));
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();
}
