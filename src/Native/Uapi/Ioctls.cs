namespace LxcNative.Native.Uapi;

/// <summary>ioctl requests of terminals (asm-generic/ioctls.h).</summary>
internal static class Ioctls
{
    public const uint TIOCGPTN = 0x80045430;
    public const uint TIOCSPTLCK = 0x40045431;
}
