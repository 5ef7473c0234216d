namespace LxcNative.Native.Uapi;

/// <summary>ioctl requests of terminals (asm-generic/ioctls.h).</summary>
internal static class Ioctls
{
    public const uint TIOCGWINSZ = 0x5413;
    public const uint TIOCSWINSZ = 0x5414;
    public const uint TIOCGPTN = 0x80045430;
    public const uint TIOCGPTPEER = 0x5441;
    public const uint TIOCSPTLCK = 0x40045431;
}
