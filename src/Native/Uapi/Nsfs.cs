namespace LxcNative.Native.Uapi;

/// <summary>linux/nsfs.h</summary>
internal static class Nsfs
{
    public const int NS_GET_USERNS = 0xb701;
    public const int NS_GET_PARENT = 0xb702;
    public const int NS_GET_NSTYPE = 0xb703;

    /// <summary>_IOR(NSIO, 9, int), Linux 6.11.</summary>
    public const uint NS_GET_TGID_IN_PIDNS = 0x8004b709;
}
