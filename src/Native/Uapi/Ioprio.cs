namespace LxcNative.Native.Uapi;

/// <summary>linux/ioprio.h</summary>
internal static class Ioprio
{
    public const int IOPRIO_CLASS_SHIFT = 13;
    public const int IOPRIO_WHO_PROCESS = 1;
}
