using LxcNative.Orchestrator.Archives;

namespace LxcNative.Orchestrator.Registries;

/// <summary>Takes all of some content, and hands on what of it is from a byte on.</summary>
/// <param name="target">Where to; stays the caller's.</param>
/// <param name="from">The first byte that is handed on.</param>
/// <param name="size">How long all of it is.</param>
/// <param name="tell">Is told the byte that was reached.</param>
internal sealed class EndStream(Stream target, long from, long size, Action<long> tell) : WritingStream
{
    private long _at;

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
}
