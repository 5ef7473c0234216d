namespace LxcNative.Orchestrator.Registries;

/// <summary>Content that can be written as often as somebody needs it.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Write">Writes all of it.</param>
internal sealed record BlobSource(ContentDigest Digest, long Size, Action<Stream> Write)
{
    /// <summary>The one of bytes that are there.</summary>
    public static BlobSource Of(byte[] content) => new(ContentDigest.Of(content), content.Length, stream => stream.Write(content));
}
