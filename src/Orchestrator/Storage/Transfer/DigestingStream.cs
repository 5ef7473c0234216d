using System.Security.Cryptography;
using LxcNative.Orchestrator.Archives;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>Something on its way to somebody who reads it from the beginning to the end, of which the SHA-256 is wanted.</summary>
/// <param name="source">It; this object's.</param>
internal sealed class DigestingStream(Stream source) : ReadingStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The SHA-256 of what was read, 64 hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc />
    public override bool CanSeek => source.CanSeek;

    /// <inheritdoc />
    public override long Length => source.Length;

    /// <inheritdoc />
    public override long Position { get => source.Position; set => throw new NotSupportedException(); }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        _hash.AppendData(buffer[..count]);
        return count;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
