using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>What kind of file an inode is (inode(7)); the values are those of st_mode.</summary>
public enum FileType
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>A named pipe.</summary>
    Fifo = (int)Stat.S_IFIFO,

    /// <summary>A character device.</summary>
    CharacterDevice = (int)Stat.S_IFCHR,

    /// <summary>A directory.</summary>
    Directory = (int)Stat.S_IFDIR,

    /// <summary>A block device.</summary>
    BlockDevice = (int)Stat.S_IFBLK,

    /// <summary>A regular file.</summary>
    Regular = (int)Stat.S_IFREG,

    /// <summary>A symbolic link.</summary>
    SymbolicLink = (int)Stat.S_IFLNK,

    /// <summary>A socket.</summary>
    Socket = (int)Stat.S_IFSOCK,
}
