using LxcNative.Native.Errors;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>The bytes of an open file and where its holes are. Each call takes the name that an exception shows; the descriptors stay the caller's.</summary>
internal static unsafe class FileContent
{
    /// <summary>pread(2): some bytes from an offset on; 0 at the end.</summary>
    /// <exception cref="SyscallException">It failed.</exception>
    public static int ReadAt(FileDescriptor file, Span<byte> buffer, long offset, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = buffer)
            return (int)RawPath.Check(Libc.ReadAt(file, bytes, (nuint)buffer.Length, offset), "pread", shown);
    }

    /// <summary>pread(2), for whoever expects it to fail.</summary>
    /// <returns>How many bytes; -1 when it failed, with the errno left.</returns>
    public static int TryReadAt(FileDescriptor file, Span<byte> buffer, long offset)
    {
        fixed (byte* bytes = buffer)
            return (int)Libc.ReadAt(file, bytes, (nuint)buffer.Length, offset);
    }

    /// <summary>One pwrite(2) at the beginning, which a file of /proc takes or refuses as a whole.</summary>
    /// <returns>Why it was refused; null when it was taken.</returns>
    public static Errno? TryWriteWhole(FileDescriptor file, ReadOnlySpan<byte> content)
    {
        nint count;
        fixed (byte* bytes = content)
            count = Libc.WriteAt(file, bytes, (nuint)content.Length, 0);
        return count < 0 ? Errno.Last : count == content.Length ? null : Errno.EIO;
    }

    /// <summary>pwrite(2), until all is written.</summary>
    /// <exception cref="SyscallException">It failed: ENOSPC, EDQUOT, EFBIG.</exception>
    public static void WriteAt(FileDescriptor file, ReadOnlySpan<byte> content, long offset, ReadOnlySpan<byte> shown)
    {
        while (!content.IsEmpty)
        {
            nint count;
            fixed (byte* bytes = content)
                count = Libc.WriteAt(file, bytes, (nuint)content.Length, offset);
            RawPath.Check(count, "pwrite", shown);
            offset += count;
            content = content[(int)count..];
        }
    }

    /// <summary>ftruncate(2).</summary>
    /// <exception cref="SyscallException">It failed.</exception>
    public static void SetLength(FileDescriptor file, long length, ReadOnlySpan<byte> shown) => RawPath.Check(Libc.Truncate(file, length), "ftruncate", shown);

    /// <summary>Where the next data begins, from an offset on; null when only a hole is left. Moves the position.</summary>
    /// <exception cref="SyscallException">lseek(2) failed.</exception>
    public static long? NextData(FileDescriptor file, long offset, ReadOnlySpan<byte> shown)
    {
        var start = Libc.Seek(file, offset, Fcntl.SEEK_DATA);
        return start < 0 && Errno.Last == Errno.ENXIO ? null : RawPath.Check(start, "lseek SEEK_DATA", shown);
    }

    /// <summary>Where the next hole begins, from an offset on: the end of the file is one. Moves the position.</summary>
    /// <exception cref="SyscallException">lseek(2) failed.</exception>
    public static long NextHole(FileDescriptor file, long offset, ReadOnlySpan<byte> shown) =>
        RawPath.Check(Libc.Seek(file, offset, Fcntl.SEEK_HOLE), "lseek SEEK_HOLE", shown);
}
