using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Files.Raw;

/// <summary>What is known of a file in an open directory, read and set; never through a symbolic link.</summary>
internal static unsafe class RawStatus
{
    /// <summary>Reads it; of the directory itself when the name is empty.</summary>
    /// <exception cref="SyscallException">statx(2) failed.</exception>
    public static FileDetails Read(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        const int Flags = Fcntl.AT_SYMLINK_NOFOLLOW | Fcntl.AT_NO_AUTOMOUNT | Fcntl.AT_EMPTY_PATH;
        Uapi.statx buffer;
        using var lease = new DescriptorLease(directory);
        fixed (byte* bytes = RawPath.Terminated(name))
            RawPath.Check(Libc.StatX(lease.Number, bytes, Flags, Stat.STATX_BASIC_STATS, &buffer), "statx", name);
        return FileDetails.From(buffer);
    }

    /// <summary>The text of a symbolic link.</summary>
    /// <param name="directory">Stays the caller's.</param>
    /// <param name="name">The link's name in it.</param>
    /// <param name="buffer">Room for work; a text as long as it is an error.</param>
    /// <exception cref="SyscallException">readlinkat(2) failed.</exception>
    public static byte[] ReadLink(FileDescriptor directory, ReadOnlySpan<byte> name, byte[] buffer)
    {
        nint length;
        using var lease = new DescriptorLease(directory);
        fixed (byte* bytes = RawPath.Terminated(name), start = buffer)
            length = Libc.ReadLinkAt(lease.Number, bytes, start, (nuint)buffer.Length);
        RawPath.Check(length, "readlinkat", name);
        return length < buffer.Length ? buffer[..(int)length] : throw new SyscallException("readlinkat", "a symbolic link", Errno.ENAMETOOLONG);
    }

    /// <summary>Sets the owner, which takes set-user-id bits and capabilities away: it comes before mode and attributes.</summary>
    /// <exception cref="SyscallException">fchownat(2) failed.</exception>
    public static void SetOwner(FileDescriptor directory, ReadOnlySpan<byte> name, uint user, uint group, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = RawPath.Terminated(name))
            RawPath.Check(Libc.ChangeOwnerAt(directory, bytes, user, group, Fcntl.AT_SYMLINK_NOFOLLOW), "fchownat", shown);
    }

    /// <summary>Sets the permission bits of what is no symbolic link: those have none.</summary>
    /// <exception cref="SyscallException">fchmodat(2) failed.</exception>
    public static void SetMode(FileDescriptor directory, ReadOnlySpan<byte> name, uint mode, ReadOnlySpan<byte> shown)
    {
        fixed (byte* bytes = RawPath.Terminated(name))
            RawPath.Check(Libc.ChangeModeAt(directory, bytes, ModeBits.Permissions(mode), 0), "fchmodat", shown);
    }

    /// <summary>Sets the times.</summary>
    /// <exception cref="SyscallException">utimensat(2) failed.</exception>
    public static void SetTimes(FileDescriptor directory, ReadOnlySpan<byte> name, FileTimestamp access, FileTimestamp modification, ReadOnlySpan<byte> shown)
    {
        var times = stackalloc timespec[2];
        times[0] = new timespec { tv_sec = (time_t)access.Seconds, tv_nsec = (int)access.Nanoseconds };
        times[1] = new timespec { tv_sec = (time_t)modification.Seconds, tv_nsec = (int)modification.Nanoseconds };
        fixed (byte* bytes = RawPath.Terminated(name))
            RawPath.Check(Libc.SetTimesAt(directory, bytes, times, Fcntl.AT_SYMLINK_NOFOLLOW), "utimensat", shown);
    }
}
