namespace LxcNative.Native.Uapi;

/// <summary>linux/capability.h</summary>
internal static class Capability
{
    public const int CAP_SYS_RESOURCE = 24;

    public const uint _LINUX_CAPABILITY_VERSION_3 = 0x20080522;

    /// <summary>The 32-bit words of each set in that version.</summary>
    public const int _LINUX_CAPABILITY_U32S_3 = 2;
}
