namespace LxcNative.Native.Uapi;

/// <summary>linux/magic.h: statfs types.</summary>
internal static class Magic
{
    public const long CGROUP_SUPER_MAGIC = 0x27e0eb;
    public const long CGROUP2_SUPER_MAGIC = 0x63677270;
    public const long TMPFS_MAGIC = 0x01021994;
    public const long PROC_SUPER_MAGIC = 0x9fa0;
    public const long SYSFS_MAGIC = 0x62656572;
    public const long DEVPTS_SUPER_MAGIC = 0x1cd1;
    public const long NSFS_MAGIC = 0x6e736673;
    public const long OVERLAYFS_SUPER_MAGIC = 0x794c7630;
    public const long EXT4_SUPER_MAGIC = 0xEF53;
    public const long BTRFS_SUPER_MAGIC = 0x9123683E;
    public const long XFS_SUPER_MAGIC = 0x58465342;
    public const long NFS_SUPER_MAGIC = 0x6969;
    public const long FUSE_SUPER_MAGIC = 0x65735546;
}
