using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Uapi;

/// <summary>Netlink families: the protocol of the socket (linux/netlink.h).</summary>
internal enum NETLINK
{
    NETLINK_ROUTE = 0,
    NETLINK_SOCK_DIAG = 4,
    NETLINK_XFRM = 6,
    NETLINK_NETFILTER = 12,
    NETLINK_KOBJECT_UEVENT = 15,
    NETLINK_GENERIC = 16,
}

/// <summary>Control messages (linux/netlink.h).</summary>
internal enum NLMSG : ushort
{
    NLMSG_NOOP = 0x1,
    NLMSG_ERROR = 0x2,
    NLMSG_DONE = 0x3,
    NLMSG_OVERRUN = 0x4,
    NLMSG_MIN_TYPE = 0x10,
}

/// <summary>Attributes of an extended acknowledgement (enum nlmsgerr_attrs of linux/netlink.h).</summary>
internal enum NLMSGERR_ATTR : ushort
{
    NLMSGERR_ATTR_UNUSED = 0,
    NLMSGERR_ATTR_MSG = 1,
    NLMSGERR_ATTR_OFFS = 2,
    NLMSGERR_ATTR_COOKIE = 3,
    NLMSGERR_ATTR_POLICY = 4,
    NLMSGERR_ATTR_MISS_TYPE = 5,
    NLMSGERR_ATTR_MISS_NEST = 6,
}

/// <summary>Options of a netlink socket at level SOL_NETLINK (linux/netlink.h).</summary>
internal enum NETLINK_OPTION
{
    NETLINK_ADD_MEMBERSHIP = 1,
    NETLINK_DROP_MEMBERSHIP = 2,
    NETLINK_PKTINFO = 3,
    NETLINK_BROADCAST_ERROR = 4,
    NETLINK_NO_ENOBUFS = 5,
    NETLINK_LISTEN_ALL_NSID = 8,
    NETLINK_LIST_MEMBERSHIPS = 9,
    NETLINK_CAP_ACK = 10,
    NETLINK_EXT_ACK = 11,
    NETLINK_GET_STRICT_CHK = 12,
}

/// <summary>The address of a netlink socket (linux/netlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sockaddr_nl
{
    public ushort nl_family;
    public ushort nl_pad;
    public uint nl_pid;
    public uint nl_groups;
}
