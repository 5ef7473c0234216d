namespace LxcNative.Native.Uapi;

/// <summary>sys/mount.h: the flags of umount2(2).</summary>
internal static class Umount
{
    public const int MNT_FORCE = 1;
    public const int MNT_DETACH = 2;
    public const int MNT_EXPIRE = 4;
    public const int UMOUNT_NOFOLLOW = 8;
}
