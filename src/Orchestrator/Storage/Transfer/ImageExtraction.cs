using System.Security.Cryptography;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Checkpoints;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>Writes an image out of an archive, with a hole wherever it has a page of zeros.</summary>
internal static class ImageExtraction
{
    private const int PageBytes = 4096;
    private const int BufferBytes = 64 * PageBytes;

    /// <summary>Writes it.</summary>
    /// <param name="images">The directory.</param>
    /// <param name="image">Which, with the hash that it must have.</param>
    /// <param name="content">What is in it.</param>
    /// <exception cref="MalformedArchiveException">It is something else, or cut off.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(ImageDirectory images, ImageFile image, Stream content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = images.CreateFile(image.Name, bufferBytes: 0);
        RandomAccess.SetLength(file.SafeFileHandle, image.Size);
        var buffer = new byte[BufferBytes];
        long at = 0;
        for (int count; (count = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; at += count)
        {
            hash.AppendData(buffer, 0, count);
            WritePages(file.SafeFileHandle, buffer.AsSpan(0, count), at);
        }

        if (at != image.Size || !string.Equals(Convert.ToHexStringLower(hash.GetHashAndReset()), image.Sha256, StringComparison.Ordinal))
            throw new MalformedArchiveException($"{image.Name} is not what the checkpoint wrote: the archive is damaged, or was changed");
    }

    private static void WritePages(SafeFileHandle file, ReadOnlySpan<byte> bytes, long at)
    {
        for (var begin = 0; begin < bytes.Length;)
        {
            var end = begin;
            while (end < bytes.Length && !IsZero(bytes, end))
                end = Math.Min(end + PageBytes, bytes.Length);
            if (end > begin)
                RandomAccess.Write(file, bytes[begin..end], at + begin);
            begin = Math.Min(end + PageBytes, bytes.Length);
        }
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes, int at) => bytes[at..Math.Min(at + PageBytes, bytes.Length)].IndexOfAnyExcept((byte)0) < 0;
}
