namespace LxcNative.Native.Uapi;

/// <summary>linux/nsfs.h</summary>
internal static class Nsfs
{
    public const int NS_GET_USERNS = 0xb701;
    public const int NS_GET_PARENT = 0xb702;
    public const int NS_GET_NSTYPE = 0xb703;
}
