namespace LxcNative.Native.Uapi;

/// <summary>linux/fs.h</summary>
internal static class Fs
{
    public const ulong FS_IOC_GETFLAGS = 0x80086601;
    public const ulong FS_IOC_SETFLAGS = 0x40086602;
    public const uint FS_TOPDIR_FL = 0x00020000;
}
