using Kernel = LxcNative.Native.Uapi.Mount;

namespace LxcNative.Native.Mounts;

/// <summary>Flags of mount(2).</summary>
[Flags]
public enum MountFlags : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Nothing can be written.</summary>
    ReadOnly = Kernel.MS_RDONLY,

    /// <summary>Set-user-id bits and file capabilities do nothing.</summary>
    NoSuid = Kernel.MS_NOSUID,

    /// <summary>Device nodes do nothing.</summary>
    NoDev = Kernel.MS_NODEV,

    /// <summary>Nothing can be executed.</summary>
    NoExec = Kernel.MS_NOEXEC,

    /// <summary>Writes are synchronous.</summary>
    Synchronous = Kernel.MS_SYNCHRONOUS,

    /// <summary>An existing mount is changed; with <see cref="Bind"/> the mount alone, otherwise its superblock too.</summary>
    Remount = Kernel.MS_REMOUNT,

    /// <summary>Changes of directories are synchronous.</summary>
    DirSync = Kernel.MS_DIRSYNC,

    /// <summary>No symbolic link is followed (Linux 5.10).</summary>
    NoSymFollow = Kernel.MS_NOSYMFOLLOW,

    /// <summary>Access times are never updated.</summary>
    NoAtime = Kernel.MS_NOATIME,

    /// <summary>Access times of directories are never updated.</summary>
    NoDirAtime = Kernel.MS_NODIRATIME,

    /// <summary>A directory or file that is in the tree already.</summary>
    Bind = Kernel.MS_BIND,

    /// <summary>A mount is moved.</summary>
    Move = Kernel.MS_MOVE,

    /// <summary>With everything mounted below.</summary>
    Recursive = Kernel.MS_REC,

    /// <summary>Some failures are not written to the kernel's log.</summary>
    Silent = Kernel.MS_SILENT,

    /// <summary>Access times are updated when older than the change: the default.</summary>
    RelAtime = Kernel.MS_RELATIME,

    /// <summary>Access times are always updated.</summary>
    StrictAtime = Kernel.MS_STRICTATIME,

    /// <summary>Times stay in memory as long as possible.</summary>
    LazyTime = Kernel.MS_LAZYTIME,
}
