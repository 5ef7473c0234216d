using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>What stat(2) tells of an inode.</summary>
/// <param name="Device">The device of its file system.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Mode">Type and permission bits (st_mode).</param>
/// <param name="LinkCount">Names it has.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="SpecialDevice">For a device node: the device it stands for (st_rdev).</param>
public readonly record struct FileStatus(
    DeviceNumber Device, ulong Inode, uint Mode, uint LinkCount, uint UserId, uint GroupId, ulong Size, DeviceNumber SpecialDevice)
{
    /// <summary>What kind of file it is.</summary>
    public FileType Type => (FileType)(Mode & Stat.S_IFMT);

    /// <summary>The permission bits with set-user-id, set-group-id and sticky.</summary>
    public uint Permissions => Mode & ~Stat.S_IFMT;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => Type == FileType.Directory;

    /// <summary>Reads it for a path.</summary>
    /// <param name="path">Absolute, or relative to the working directory. An automount is not triggered.</param>
    /// <param name="followLinks">Whether a symbolic link stands for what it points at.</param>
    /// <exception cref="SyscallException">statx(2) failed.</exception>
    public static FileStatus Read(string path, bool followLinks = true) =>
        TryRead(path, out var status, followLinks) ? status : throw new SyscallException("statx", $"\"{path}\"", Errno.ENOENT);

    /// <summary>Reads it for a path that may be absent.</summary>
    /// <returns>False for ENOENT and ENOTDIR.</returns>
    /// <exception cref="SyscallException">statx(2) failed otherwise.</exception>
    public static unsafe bool TryRead(string path, out FileStatus status, bool followLinks = true)
    {
        var flags = Fcntl.AT_NO_AUTOMOUNT | (followLinks ? 0 : Fcntl.AT_SYMLINK_NOFOLLOW);
        statx buffer;
        int result;
        fixed (byte* bytes = CString.From(path))
            result = Libc.StatX(Fcntl.AT_FDCWD, bytes, flags, Stat.STATX_BASIC_STATS, &buffer);
        if (result == -1)
        {
            status = default;
            if (Errno.Last is Errno.ENOENT or Errno.ENOTDIR)
                return false;
            SyscallException.ThrowLast("statx", $"\"{path}\"");
        }

        status = From(buffer);
        return true;
    }

    /// <summary>Reads it for an open file, O_PATH included; the descriptor stays the caller's.</summary>
    /// <exception cref="SyscallException">statx(2) failed.</exception>
    public static unsafe FileStatus Read(FileDescriptor descriptor)
    {
        using var lease = new DescriptorLease(descriptor);
        statx buffer;
        byte empty = 0;
        SyscallException.ThrowIfFailed(
            Libc.StatX(lease.Number, &empty, Fcntl.AT_EMPTY_PATH | Fcntl.AT_NO_AUTOMOUNT, Stat.STATX_BASIC_STATS, &buffer),
            "statx",
            $"descriptor {lease.Number}");
        return From(buffer);
    }

    internal static FileStatus From(in statx buffer) => new(
        new DeviceNumber(buffer.stx_dev_major, buffer.stx_dev_minor),
        buffer.stx_ino,
        buffer.stx_mode,
        buffer.stx_nlink,
        buffer.stx_uid,
        buffer.stx_gid,
        buffer.stx_size,
        new DeviceNumber(buffer.stx_rdev_major, buffer.stx_rdev_minor));
}
