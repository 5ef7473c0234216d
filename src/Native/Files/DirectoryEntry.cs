namespace LxcNative.Native.Files;

/// <summary>One name in a directory.</summary>
/// <param name="Name">The name, without any path.</param>
/// <param name="Inode">The inode's number; for a mount point that of the directory below it.</param>
/// <param name="Type">What it is; <see cref="FileType.Unknown"/> where the file system does not say.</param>
public readonly record struct DirectoryEntry(string Name, ulong Inode, FileType Type);
