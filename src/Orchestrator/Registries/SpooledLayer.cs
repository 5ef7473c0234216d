using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Storage.Transfer;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Orchestrator.Registries;

/// <summary>An archive that was written once, into a file that has no name and that root alone may read: its digest is known then, and it is sent, and sent
/// again from where a connection broke, without being made again.</summary>
internal sealed class SpooledLayer : IDisposable
{
    // Beyond what the archive may take, so that nobody else on the file system has to go without.
    private const long Reserve = 256 << 20;
    private const uint OwnersAlone = 0x180;

    private readonly FileStream _file;

    private SpooledLayer(FileStream file, string sha256, string content) => (_file, Sha256, Content) = (file, sha256, content);

    /// <summary>The SHA-256 of the archive, 64 hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>That of what it is without compression.</summary>
    public string Content { get; }

    /// <summary>Its bytes.</summary>
    public long Size => _file.Length;

    /// <summary>Writes one beside a checkpoint's images.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="write">Writes its archive; gives the SHA-256 of it without compression.</param>
    /// <returns>The caller's to dispose; null where there is no room for it, or no file without a name.</returns>
    public static SpooledLayer? TryWrite(CheckpointArchive checkpoint, Func<Stream, string> write)
    {
        if (TryCreate(checkpoint) is not { } file)
            return null;
        var stream = new FileStream(file, FileAccess.ReadWrite, bufferSize: 1 << 16);
        var isKept = false;
        try
        {
            using var output = new HashingStream(stream);
            var content = write(output);
            stream.Flush();
            isKept = true;
            return new SpooledLayer(stream, output.Sha256, content);
        }
        catch (IOException) when (!HasRoom(checkpoint, needed: 0))
        {
            // Others took what there was.
            return null;
        }
        finally
        {
            if (!isKept)
                stream.Dispose();
        }
    }

    /// <summary>Writes what it has to somebody.</summary>
    public void CopyTo(Stream target)
    {
        _file.Position = 0;
        _file.CopyTo(target);
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static bool HasRoom(CheckpointArchive checkpoint, long needed)
    {
        using var directory = FileOpen.DirectoryPlace(checkpoint.Directory);
        var there = StatFs.Read(directory);
        // What a file system in memory has left is a limit, not room.
        return there.Type != FileSystemMagic.Tmpfs && (long)there.AvailableBytes - Reserve >= needed;
    }

    private static SafeFileHandle? TryCreate(CheckpointArchive checkpoint)
    {
        try
        {
            if (!HasRoom(checkpoint, checkpoint.Bytes))
                return null;
            return new SafeFileHandle(
                FileOpen.OpenNumber(checkpoint.Directory, OpenFlags.ReadWrite | OpenFlags.TemporaryFile | OpenFlags.Exclusive, OwnersAlone), ownsHandle: true);
        }
        catch (SyscallException)
        {
            return null;
        }
    }
}
