namespace LxcNative.Native.Uapi;

/// <summary>linux/time.h</summary>
internal static class Clock
{
    public const int CLOCK_MONOTONIC = 1;
}
