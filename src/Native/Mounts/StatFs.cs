using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Mounts;

/// <summary>What statfs(2) tells of a file system.</summary>
/// <param name="Type">Its type.</param>
/// <param name="BlockSize">The size of a block in bytes; the three counts below are in bytes already.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What is free, the part kept for root included.</param>
/// <param name="AvailableBytes">What is free for everybody.</param>
/// <param name="FreeInodes">Inodes that can still be made; 0 where the file system has no fixed number.</param>
/// <param name="NameLength">The longest name in bytes.</param>
/// <param name="Id">The file system's identifier (f_fsid), of its UUID on those that lie on disks; 0 where it has none.</param>
internal readonly record struct StatFs(
    FileSystemMagic Type, ulong BlockSize, ulong TotalBytes, ulong FreeBytes, ulong AvailableBytes, ulong FreeInodes, int NameLength, ulong Id)
{
    /// <summary>Reads it for the file system of a path.</summary>
    /// <exception cref="SyscallException">statfs(2) failed.</exception>
    public static unsafe StatFs Read(string path)
    {
        StatFsData data;
        fixed (byte* bytes = CString.From(path))
            SyscallException.ThrowIfFailed(Libc.StatFs(bytes, &data), "statfs", $"\"{path}\"");
        return From(data);
    }

    /// <summary>Reads it for the file system of an open file, O_PATH included; the descriptor stays the caller's.</summary>
    /// <exception cref="SyscallException">fstatfs(2) failed.</exception>
    public static unsafe StatFs Read(FileDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        StatFsData data;
        SyscallException.ThrowIfFailed(Libc.FStatFs(descriptor, &data), "fstatfs", $"descriptor {descriptor.Number}");
        return From(data);
    }

    // Counts are in f_frsize; old file systems leave it 0 and mean f_bsize.
    private static StatFs From(in StatFsData data)
    {
        var unit = (ulong)(data.f_frsize > 0 ? data.f_frsize : data.f_bsize);
        return new StatFs(
            (FileSystemMagic)data.f_type,
            (ulong)data.f_bsize,
            unchecked(data.f_blocks * unit),
            unchecked(data.f_bfree * unit),
            unchecked(data.f_bavail * unit),
            data.f_ffree,
            (int)data.f_namelen,
            data.f_fsid);
    }
}
