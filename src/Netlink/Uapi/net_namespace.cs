namespace LxcNative.Netlink.Uapi;

/// <summary>Attributes of a namespace id (linux/net_namespace.h).</summary>
internal enum NETNSA : ushort
{
    NETNSA_NONE = 0,
    NETNSA_NSID = 1,
    NETNSA_PID = 2,
    NETNSA_FD = 3,
    NETNSA_TARGET_NSID = 4,
    NETNSA_CURRENT_NSID = 5,
}
