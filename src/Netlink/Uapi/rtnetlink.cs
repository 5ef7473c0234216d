#pragma warning disable CS8981 // Kernel spelling.
using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Uapi;

/// <summary>Message types of rtnetlink (linux/rtnetlink.h).</summary>
internal enum RTM : ushort
{
    RTM_NEWLINK = 16,
    RTM_DELLINK = 17,
    RTM_GETLINK = 18,
    RTM_SETLINK = 19,
    RTM_NEWADDR = 20,
    RTM_DELADDR = 21,
    RTM_GETADDR = 22,
    RTM_NEWROUTE = 24,
    RTM_DELROUTE = 25,
    RTM_GETROUTE = 26,
    RTM_NEWNEIGH = 28,
    RTM_DELNEIGH = 29,
    RTM_GETNEIGH = 30,
    RTM_NEWRULE = 32,
    RTM_DELRULE = 33,
    RTM_GETRULE = 34,
    RTM_NEWQDISC = 36,
    RTM_DELQDISC = 37,
    RTM_GETQDISC = 38,
    RTM_NEWTCLASS = 40,
    RTM_DELTCLASS = 41,
    RTM_GETTCLASS = 42,
    RTM_NEWTFILTER = 44,
    RTM_DELTFILTER = 45,
    RTM_GETTFILTER = 46,
    RTM_NEWACTION = 48,
    RTM_DELACTION = 49,
    RTM_GETACTION = 50,
    RTM_NEWPREFIX = 52,
    RTM_GETMULTICAST = 58,
    RTM_GETANYCAST = 62,
    RTM_NEWNEIGHTBL = 64,
    RTM_GETNEIGHTBL = 66,
    RTM_SETNEIGHTBL = 67,
    RTM_NEWNDUSEROPT = 68,
    RTM_NEWADDRLABEL = 72,
    RTM_DELADDRLABEL = 73,
    RTM_GETADDRLABEL = 74,
    RTM_GETDCB = 78,
    RTM_SETDCB = 79,
    RTM_NEWNETCONF = 80,
    RTM_DELNETCONF = 81,
    RTM_GETNETCONF = 82,
    RTM_NEWMDB = 84,
    RTM_DELMDB = 85,
    RTM_GETMDB = 86,
    RTM_NEWNSID = 88,
    RTM_DELNSID = 89,
    RTM_GETNSID = 90,
    RTM_NEWSTATS = 92,
    RTM_GETSTATS = 94,
    RTM_SETSTATS = 95,
    RTM_NEWCACHEREPORT = 96,
    RTM_NEWCHAIN = 100,
    RTM_DELCHAIN = 101,
    RTM_GETCHAIN = 102,
    RTM_NEWNEXTHOP = 104,
    RTM_DELNEXTHOP = 105,
    RTM_GETNEXTHOP = 106,
    RTM_NEWLINKPROP = 108,
    RTM_DELLINKPROP = 109,
    RTM_GETLINKPROP = 110,
    RTM_NEWVLAN = 112,
    RTM_DELVLAN = 113,
    RTM_GETVLAN = 114,
    RTM_NEWNEXTHOPBUCKET = 116,
    RTM_DELNEXTHOPBUCKET = 117,
    RTM_GETNEXTHOPBUCKET = 118,
    RTM_NEWTUNNEL = 120,
    RTM_DELTUNNEL = 121,
    RTM_GETTUNNEL = 122,
}

/// <summary>Attributes of a route (linux/rtnetlink.h).</summary>
internal enum RTA : ushort
{
    RTA_UNSPEC = 0,
    RTA_DST = 1,
    RTA_SRC = 2,
    RTA_IIF = 3,
    RTA_OIF = 4,
    RTA_GATEWAY = 5,
    RTA_PRIORITY = 6,
    RTA_PREFSRC = 7,
    RTA_METRICS = 8,
    RTA_MULTIPATH = 9,
    RTA_PROTOINFO = 10,
    RTA_FLOW = 11,
    RTA_CACHEINFO = 12,
    RTA_SESSION = 13,
    RTA_MP_ALGO = 14,
    RTA_TABLE = 15,
    RTA_MARK = 16,
    RTA_MFC_STATS = 17,
    RTA_VIA = 18,
    RTA_NEWDST = 19,
    RTA_PREF = 20,
    RTA_ENCAP_TYPE = 21,
    RTA_ENCAP = 22,
    RTA_EXPIRES = 23,
    RTA_PAD = 24,
    RTA_UID = 25,
    RTA_TTL_PROPAGATE = 26,
    RTA_IP_PROTO = 27,
    RTA_SPORT = 28,
    RTA_DPORT = 29,
    RTA_NH_ID = 30,
}

/// <summary>Metrics of a route, in RTA_METRICS (linux/rtnetlink.h).</summary>
internal enum RTAX : ushort
{
    RTAX_UNSPEC = 0,
    RTAX_LOCK = 1,
    RTAX_MTU = 2,
    RTAX_WINDOW = 3,
    RTAX_RTT = 4,
    RTAX_RTTVAR = 5,
    RTAX_SSTHRESH = 6,
    RTAX_CWND = 7,
    RTAX_ADVMSS = 8,
    RTAX_REORDERING = 9,
    RTAX_HOPLIMIT = 10,
    RTAX_INITCWND = 11,
    RTAX_FEATURES = 12,
    RTAX_RTO_MIN = 13,
    RTAX_INITRWND = 14,
    RTAX_QUICKACK = 15,
    RTAX_CC_ALGO = 16,
    RTAX_FASTOPEN_NO_COOKIE = 17,
}

/// <summary>Types of a route (linux/rtnetlink.h).</summary>
internal enum RTN : byte
{
    RTN_UNSPEC = 0,
    RTN_UNICAST = 1,
    RTN_LOCAL = 2,
    RTN_BROADCAST = 3,
    RTN_ANYCAST = 4,
    RTN_MULTICAST = 5,
    RTN_BLACKHOLE = 6,
    RTN_UNREACHABLE = 7,
    RTN_PROHIBIT = 8,
    RTN_THROW = 9,
    RTN_NAT = 10,
    RTN_XRESOLVE = 11,
}

/// <summary>Who made a route (linux/rtnetlink.h).</summary>
internal enum RTPROT : byte
{
    RTPROT_UNSPEC = 0,
    RTPROT_REDIRECT = 1,
    RTPROT_KERNEL = 2,
    RTPROT_BOOT = 3,
    RTPROT_STATIC = 4,
    RTPROT_GATED = 8,
    RTPROT_RA = 9,
    RTPROT_MRT = 10,
    RTPROT_ZEBRA = 11,
    RTPROT_BIRD = 12,
    RTPROT_DNROUTED = 13,
    RTPROT_XORP = 14,
    RTPROT_NTK = 15,
    RTPROT_DHCP = 16,
    RTPROT_MROUTED = 17,
    RTPROT_KEEPALIVED = 18,
    RTPROT_BABEL = 42,
    RTPROT_OPENR = 99,
    RTPROT_BGP = 186,
    RTPROT_ISIS = 187,
    RTPROT_OSPF = 188,
    RTPROT_RIP = 189,
    RTPROT_EIGRP = 192,
}

/// <summary>Scopes of an address or a route (linux/rtnetlink.h).</summary>
internal enum RT_SCOPE : byte
{
    RT_SCOPE_UNIVERSE = 0,
    RT_SCOPE_SITE = 200,
    RT_SCOPE_LINK = 253,
    RT_SCOPE_HOST = 254,
    RT_SCOPE_NOWHERE = 255,
}

/// <summary>Reserved routing tables (linux/rtnetlink.h).</summary>
internal enum RT_TABLE : uint
{
    RT_TABLE_UNSPEC = 0,
    RT_TABLE_COMPAT = 252,
    RT_TABLE_DEFAULT = 253,
    RT_TABLE_MAIN = 254,
    RT_TABLE_LOCAL = 255,
}

/// <summary>Flags of a route, upper part (linux/rtnetlink.h).</summary>
[Flags]
internal enum RTM_F : uint
{
    RTM_F_NOTIFY = 0x100,
    RTM_F_CLONED = 0x200,
    RTM_F_EQUALIZE = 0x400,
    RTM_F_PREFIX = 0x800,
    RTM_F_LOOKUP_TABLE = 0x1000,
    RTM_F_FIB_MATCH = 0x2000,
    RTM_F_OFFLOAD = 0x4000,
    RTM_F_TRAP = 0x8000,
    RTM_F_OFFLOAD_FAILED = 0x20000000,
}

/// <summary>Flags of a next hop, and of a route, lower part (linux/rtnetlink.h).</summary>
[Flags]
internal enum RTNH_F : uint
{
    RTNH_F_DEAD = 0x1,
    RTNH_F_PERVASIVE = 0x2,
    RTNH_F_ONLINK = 0x4,
    RTNH_F_OFFLOAD = 0x8,
    RTNH_F_LINKDOWN = 0x10,
    RTNH_F_UNRESOLVED = 0x20,
    RTNH_F_TRAP = 0x40,
}

/// <summary>Multicast groups of rtnetlink (linux/rtnetlink.h).</summary>
internal enum RTNLGRP : uint
{
    RTNLGRP_NONE = 0,
    RTNLGRP_LINK = 1,
    RTNLGRP_NOTIFY = 2,
    RTNLGRP_NEIGH = 3,
    RTNLGRP_TC = 4,
    RTNLGRP_IPV4_IFADDR = 5,
    RTNLGRP_IPV4_MROUTE = 6,
    RTNLGRP_IPV4_ROUTE = 7,
    RTNLGRP_IPV4_RULE = 8,
    RTNLGRP_IPV6_IFADDR = 9,
    RTNLGRP_IPV6_MROUTE = 10,
    RTNLGRP_IPV6_ROUTE = 11,
    RTNLGRP_IPV6_IFINFO = 12,
    RTNLGRP_DECnet_IFADDR = 13,
    RTNLGRP_NOP2 = 14,
    RTNLGRP_DECnet_ROUTE = 15,
    RTNLGRP_DECnet_RULE = 16,
    RTNLGRP_NOP4 = 17,
    RTNLGRP_IPV6_PREFIX = 18,
    RTNLGRP_IPV6_RULE = 19,
    RTNLGRP_ND_USEROPT = 20,
    RTNLGRP_PHONET_IFADDR = 21,
    RTNLGRP_PHONET_ROUTE = 22,
    RTNLGRP_DCB = 23,
    RTNLGRP_IPV4_NETCONF = 24,
    RTNLGRP_IPV6_NETCONF = 25,
    RTNLGRP_MDB = 26,
    RTNLGRP_MPLS_ROUTE = 27,
    RTNLGRP_NSID = 28,
    RTNLGRP_MPLS_NETCONF = 29,
    RTNLGRP_IPV4_MROUTE_R = 30,
    RTNLGRP_IPV6_MROUTE_R = 31,
    RTNLGRP_NEXTHOP = 32,
    RTNLGRP_BRVLAN = 33,
    RTNLGRP_MCTP_IFADDR = 34,
    RTNLGRP_TUNNEL = 35,
    RTNLGRP_STATS = 36,
}

/// <summary>What IFLA_EXT_MASK asks for (linux/rtnetlink.h).</summary>
[Flags]
internal enum RTEXT_FILTER : uint
{
    RTEXT_FILTER_VF = 0x1,
    RTEXT_FILTER_BRVLAN = 0x2,
    RTEXT_FILTER_BRVLAN_COMPRESSED = 0x4,
    RTEXT_FILTER_SKIP_STATS = 0x8,
    RTEXT_FILTER_MRP = 0x10,
    RTEXT_FILTER_CFM_CONFIG = 0x20,
    RTEXT_FILTER_CFM_STATUS = 0x40,
    RTEXT_FILTER_MST = 0x80,
}

/// <summary>Fixed header of link messages (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ifinfomsg
{
    public byte ifi_family;
    public byte __ifi_pad;
    public ushort ifi_type;
    public int ifi_index;
    public uint ifi_flags;
    public uint ifi_change;
}

/// <summary>Fixed header of route messages (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rtmsg
{
    public byte rtm_family;
    public byte rtm_dst_len;
    public byte rtm_src_len;
    public byte rtm_tos;
    public byte rtm_table;
    public byte rtm_protocol;
    public byte rtm_scope;
    public byte rtm_type;
    public uint rtm_flags;
}

/// <summary>One path in RTA_MULTIPATH; attributes follow (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rtnexthop
{
    public ushort rtnh_len;
    public byte rtnh_flags;
    public byte rtnh_hops;
    public int rtnh_ifindex;
}

/// <summary>Fixed header of messages that depend on an address family only (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rtgenmsg
{
    public byte rtgen_family;
}

/// <summary>What the kernel knows of a cached or expiring route (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct rta_cacheinfo
{
    public uint rta_clntref;
    public uint rta_lastuse;
    public int rta_expires;
    public uint rta_error;
    public uint rta_used;
    public uint rta_id;
    public uint rta_ts;
    public uint rta_tsage;
}

/// <summary>Fixed header of traffic control messages (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct tcmsg
{
    public byte tcm_family;
    public byte tcm__pad1;
    public ushort tcm__pad2;
    public int tcm_ifindex;
    public uint tcm_handle;
    public uint tcm_parent;
    public uint tcm_info;
}

/// <summary>Attributes of traffic control (linux/rtnetlink.h).</summary>
internal enum TCA : ushort
{
    TCA_UNSPEC = 0,
    TCA_KIND = 1,
    TCA_OPTIONS = 2,
}
