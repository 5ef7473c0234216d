using Kernel = LxcNative.Native.Uapi.Mount;

namespace LxcNative.Native.Mounts;

/// <summary>Properties of one mount for <see cref="DetachedMount.SetAttributes"/> (mount_setattr(2)).</summary>
[Flags]
public enum MountAttributes : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Nothing can be written.</summary>
    ReadOnly = Kernel.MOUNT_ATTR_RDONLY,

    /// <summary>Set-user-id bits and file capabilities do nothing.</summary>
    NoSuid = Kernel.MOUNT_ATTR_NOSUID,

    /// <summary>Device nodes do nothing.</summary>
    NoDev = Kernel.MOUNT_ATTR_NODEV,

    /// <summary>Nothing can be executed.</summary>
    NoExec = Kernel.MOUNT_ATTR_NOEXEC,

    /// <summary>To be cleared before one of the access time settings is set; relatime is none of them set.</summary>
    AtimeMask = Kernel.MOUNT_ATTR__ATIME,

    /// <summary>Access times are never updated.</summary>
    NoAtime = Kernel.MOUNT_ATTR_NOATIME,

    /// <summary>Access times are always updated.</summary>
    StrictAtime = Kernel.MOUNT_ATTR_STRICTATIME,

    /// <summary>Access times of directories are never updated.</summary>
    NoDirAtime = Kernel.MOUNT_ATTR_NODIRATIME,

    /// <summary>No symbolic link is followed (Linux 5.14).</summary>
    NoSymFollow = Kernel.MOUNT_ATTR_NOSYMFOLLOW,
}
