namespace LxcNative.Native.Uapi;

/// <summary>linux/tcp.h</summary>
internal static class Tcp
{
    public const int TCP_REPAIR = 19;
    public const int TCP_REPAIR_OFF = 0;
}
