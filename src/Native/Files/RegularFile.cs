using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using Microsoft.Win32.SafeHandles;

namespace LxcNative.Native.Files;

/// <summary>Reads files that somebody else may have put there: a pipe would be waited on for ever, a device never ends, and one that is too long does not
/// fit.</summary>
public static class RegularFile
{
    /// <summary>The longest configuration that is read, in bytes.</summary>
    public const long Configuration = 1 << 20;

    /// <summary>The text of a configuration.</summary>
    /// <inheritdoc cref="Read" path="/exception" />
    public static string ReadText(string path) => Encoding.UTF8.GetString(Read(path, Configuration));

    /// <summary>All of a file.</summary>
    /// <param name="path">It.</param>
    /// <param name="most">The bytes that it may have.</param>
    /// <param name="followLinks">Whether a symbolic link stands for what it points at.</param>
    /// <exception cref="IOException">It is no regular file, too long, or cannot be read; <see cref="FileNotFoundException"/> where there is none.</exception>
    public static byte[] Read(string path, long most, bool followLinks = true)
    {
        using var stream = Open(path, followLinks);
        if (stream.Length > most)
            throw new IOException($"{path} has {stream.Length} bytes, and {most} are read at most");
        // It may grow meanwhile.
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Opens a file for reading; the caller's to dispose.</summary>
    /// <inheritdoc cref="Read" path="/param" />
    /// <inheritdoc cref="Read" path="/exception" />
    public static FileStream Open(string path, bool followLinks = true)
    {
        try
        {
            // Without waiting: opening a pipe waits for whoever writes.
            var flags = OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoControllingTerminal;
            var descriptor = FileOpen.OpenNumber(path, followLinks ? flags : flags | OpenFlags.NoFollow);
            var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            try
            {
                using var borrowed = new FileDescriptor(descriptor, ownsHandle: false);
                return FileStatus.Read(borrowed).Type == FileType.Regular
                    ? new FileStream(handle, FileAccess.Read)
                    : throw new IOException($"{path} is no regular file");
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }
        catch (SyscallException e)
        {
            throw e.Errno switch
            {
                Errno.ENOENT or Errno.ENOTDIR => new FileNotFoundException($"there is no file {path}", path, e),
                Errno.ELOOP => new IOException($"{path} is a symbolic link, and no regular file", e),
                Errno.ENXIO => new IOException($"{path} is no regular file", e),
                _ => new IOException($"{path} cannot be read: {e.Message}", e),
            };
        }
    }
}
