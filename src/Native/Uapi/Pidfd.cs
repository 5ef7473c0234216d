namespace LxcNative.Native.Uapi;

/// <summary>linux/pidfd.h</summary>
internal static class Pidfd
{
    public const uint PIDFD_THREAD = Fcntl.O_EXCL;
}
