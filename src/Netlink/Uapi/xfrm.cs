namespace LxcNative.Netlink.Uapi;

/// <summary>Messages about IPsec (linux/xfrm.h).</summary>
internal enum XFRM_MSG : ushort
{
    XFRM_MSG_GETSA = 0x12,
    XFRM_MSG_GETPOLICY = 0x15,
}
