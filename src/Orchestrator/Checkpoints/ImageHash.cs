using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LxcNative.Native.Files;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The SHA-256 of image files.</summary>
internal static class ImageHash
{
    private const int BufferBytes = 1 << 17;

    // Below it a second thread costs more than it does.
    private const long WorthThreads = 1 << 24;

    // The runtime ends the program when it finds none of these where it needs one.
    private static readonly Lazy<bool> HasLibrary = new(() => ((string[])["libssl.so.3", "libssl.so.1.1"]).Any(name => NativeLibrary.TryLoad(name, out _)));

    /// <summary>Whether hashes can be had here: the runtime takes them from the system's libssl.</summary>
    public static bool IsAvailable => HasLibrary.Value;

    /// <summary>The files with their hashes; where there is much of it, several are read at a time.</summary>
    /// <param name="directory">Where they are; <c>/proc/self/fd/N</c> for one that is open.</param>
    /// <param name="files">Which; symbolic links are not followed.</param>
    /// <exception cref="Native.Errors.SyscallException">One cannot be opened.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static IReadOnlyList<ImageFile> AddTo(string directory, IReadOnlyList<ImageFile> files)
    {
        ImageFile Hashed(ImageFile file) => file with { Sha256 = Of(Path.Combine(directory, file.Name)) };

        if (files.Sum(file => file.Size) < WorthThreads)
            return [.. files.Select(Hashed)];
        var hashed = new ImageFile[files.Count];
        try
        {
            // The longest first: the others are done beside it.
            Parallel.ForEach(Enumerable.Range(0, files.Count).OrderByDescending(index => files[index].Size), index => hashed[index] = Hashed(files[index]));
        }
        catch (AggregateException e)
        {
            throw e.InnerExceptions[0];
        }

        return hashed;
    }

    /// <summary>That of one file.</summary>
    /// <inheritdoc cref="AddTo" path="/exception" />
    public static string Of(string path)
    {
        using var descriptor = FileOpen.Open(path, OpenFlags.ReadOnly | OpenFlags.NoFollow);
        using var handle = new SafeFileHandle(descriptor.DangerousGetHandle(), ownsHandle: false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        for (long at = 0; RandomAccess.Read(handle, buffer, at) is > 0 and var read; at += read)
            hash.AppendData(buffer, 0, read);
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
