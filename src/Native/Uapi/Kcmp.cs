namespace LxcNative.Native.Uapi;

/// <summary>linux/kcmp.h</summary>
internal static class Kcmp
{
    public const int KCMP_FILE = 0;
    public const int KCMP_VM = 1;
    public const int KCMP_FS = 3;
    public const int KCMP_EPOLL_TFD = 7;
}
