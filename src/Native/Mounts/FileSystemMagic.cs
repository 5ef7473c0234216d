using LxcNative.Native.Uapi;

namespace LxcNative.Native.Mounts;

/// <summary>A file system's type as statfs(2) tells it (linux/magic.h); one that is not named here is its plain number.</summary>
internal enum FileSystemMagic : long
{
    /// <summary>Not told.</summary>
    None = 0,

    /// <summary>A cgroup v1 hierarchy.</summary>
    Cgroup = Magic.CGROUP_SUPER_MAGIC,

    /// <summary>The cgroup v2 hierarchy.</summary>
    Cgroup2 = Magic.CGROUP2_SUPER_MAGIC,

    /// <summary>tmpfs and devtmpfs.</summary>
    Tmpfs = Magic.TMPFS_MAGIC,

    /// <summary>/proc.</summary>
    Proc = Magic.PROC_SUPER_MAGIC,

    /// <summary>/sys.</summary>
    Sysfs = Magic.SYSFS_MAGIC,

    /// <summary>/dev/pts.</summary>
    Devpts = Magic.DEVPTS_SUPER_MAGIC,

    /// <summary>Namespaces.</summary>
    Nsfs = Magic.NSFS_MAGIC,

    /// <summary>overlay.</summary>
    Overlay = Magic.OVERLAYFS_SUPER_MAGIC,

    /// <summary>ext2, ext3 and ext4.</summary>
    Ext4 = Magic.EXT4_SUPER_MAGIC,

    /// <summary>btrfs.</summary>
    Btrfs = Magic.BTRFS_SUPER_MAGIC,

    /// <summary>XFS.</summary>
    Xfs = Magic.XFS_SUPER_MAGIC,

    /// <summary>NFS.</summary>
    Nfs = Magic.NFS_SUPER_MAGIC,

    /// <summary>FUSE, whatever is behind it.</summary>
    Fuse = Magic.FUSE_SUPER_MAGIC,
}
