namespace LxcNative.Native.Uapi;

/// <summary>sys/wait.h and poll.h</summary>
internal static class Wait
{
    public const int WNOHANG = 1;
    public const int WUNTRACED = 2;
    public const int WCONTINUED = 8;
    public const int __WALL = 0x40000000;

    public const short POLLIN = 1;
    public const short POLLERR = 8;
    public const short POLLHUP = 16;
    public const short POLLNVAL = 32;
}
