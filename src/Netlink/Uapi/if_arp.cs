namespace LxcNative.Netlink.Uapi;

/// <summary>Types of a link, which say what addresses it has (linux/if_arp.h).</summary>
internal enum ARPHRD : ushort
{
    ARPHRD_ETHER = 1,
    ARPHRD_LOOPBACK = 772,
    ARPHRD_SIT = 776,
    ARPHRD_IPGRE = 778,
    ARPHRD_NONE = 0xFFFE,
}
