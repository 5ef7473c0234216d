namespace LxcNative.Native.Uapi;

/// <summary>termios.h</summary>
internal static class Termios
{
    public const int TCSANOW = 0;
    public const int TCSADRAIN = 1;

    /// <summary>Room for a struct termios.</summary>
    public const int OpaqueSize = 256;
}
