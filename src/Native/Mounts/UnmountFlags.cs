using LxcNative.Native.Uapi;

namespace LxcNative.Native.Mounts;

/// <summary>Flags of umount2(2).</summary>
[Flags]
public enum UnmountFlags
{
    /// <summary>EBUSY while it is used.</summary>
    None = 0,

    /// <summary>Requests in flight are aborted; data may be lost.</summary>
    Force = Umount.MNT_FORCE,

    /// <summary>Out of the tree at once, gone when nothing uses it.</summary>
    Detach = Umount.MNT_DETACH,

    /// <summary>EAGAIN the first time, unmounted the second if not used between.</summary>
    Expire = Umount.MNT_EXPIRE,

    /// <summary>A symbolic link is not followed.</summary>
    NoFollow = Umount.UMOUNT_NOFOLLOW,
}
