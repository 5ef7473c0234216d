using System.IO.Compression;
using LxcNative.Native.Files;
using SharpCompress.Compressors.Xz;
using SharpCompress.Compressors.ZStandard;

namespace LxcNative.Orchestrator.Archives;

/// <summary>A tar archive's bytes, whatever it is compressed with: its first bytes tell, not its name.</summary>
internal static class ArchiveStream
{
    /// <summary>Whether an exception of whoever reads one means that it is damaged, or cut off.</summary>
    public static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException
        or SharpCompress.Common.SharpCompressException or ZstdException;

    /// <summary>Opens it; disposing the stream closes the archive.</summary>
    /// <param name="path">The file.</param>
    /// <param name="through">What its bytes pass on their way, such as a meter; null for nothing.</param>
    /// <exception cref="IOException">The file cannot be read, or is no regular one.</exception>
    public static Stream Open(string path, Func<Stream, Stream>? through = null)
    {
        var file = RegularFile.Open(path);
        try
        {
            Span<byte> head = stackalloc byte[6];
            var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return Decompress(head[..count], through?.Invoke(file) ?? file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What is in an archive.</summary>
    /// <param name="head">Its first six bytes, or as many as it has.</param>
    /// <param name="archive">All of it, these too; the returned stream's.</param>
    public static Stream Decompress(ReadOnlySpan<byte> head, Stream archive) => head switch
    {
        [0x1f, 0x8b, ..] => new GZipStream(archive, CompressionMode.Decompress),
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => new XZStream(archive),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => new DecompressionStream(archive),
        _ => archive,
    };
}
