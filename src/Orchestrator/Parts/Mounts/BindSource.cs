using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>What of the host is bound into the container, as the kernel knows it: something else in its place can be told from it.</summary>
/// <param name="FileSystem">Its file system: type, identifier and device, as one word.</param>
/// <param name="Inode">Its inode; 0 where the file system makes its inodes up.</param>
/// <param name="Type">What kind of file it is.</param>
/// <param name="Path">Its path in the file system, as mountinfo shows it; it follows a rename.</param>
internal sealed record BindSource(string FileSystem, ulong Inode, FileType Type, string Path)
{
    /// <summary>What an open place is; the descriptor stays the caller's.</summary>
    /// <param name="place">It, O_PATH is enough.</param>
    /// <param name="path">Its path in the file system.</param>
    public static BindSource Of(FileDescriptor place, string path)
    {
        var (status, system) = (FileStatus.Read(place), StatFs.Read(place));
        return new BindSource(
            $"{(long)system.Type:x}-{system.Id:x}-{status.Device.Major}:{status.Device.Minor}", KeepsInodes(system.Type) ? status.Inode : 0, status.Type, path);
    }

    /// <summary>How something differs from this; null where it does not. In another file system, as on another host, its inode says nothing.</summary>
    public string? DifferenceTo(BindSource other) => other.Type != Type
        ? $"was a {Word(Type)}, and is a {Word(other.Type)} now"
        : other.FileSystem == FileSystem && other.Inode != Inode
            ? $"is not the {Word(Type)} that it was (inode {other.Inode} instead of {Inode})"
            : null;

    private static bool KeepsInodes(FileSystemMagic type) =>
        type is FileSystemMagic.Ext4 or FileSystemMagic.Btrfs or FileSystemMagic.Xfs or FileSystemMagic.Nfs or FileSystemMagic.Tmpfs or FileSystemMagic.Overlay;

    private static string Word(FileType type) => type switch
    {
        FileType.Directory => "directory",
        FileType.Regular => "file",
        FileType.SymbolicLink => "symbolic link",
        _ => $"{type}",
    };
}
