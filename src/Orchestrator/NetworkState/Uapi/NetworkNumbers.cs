namespace LxcNative.Orchestrator.NetworkState.Uapi;

/// <summary>Numbers of kernel headers that only the capture of a namespace needs.</summary>
internal static class NetworkNumbers
{
    /// <summary>linux/netlink.h</summary>
    public const int NETLINK_XFRM = 6;

    /// <summary>linux/socket.h</summary>
    public const byte AF_INET = 2;

    /// <inheritdoc cref="AF_INET" />
    public const byte AF_BRIDGE = 7;

    /// <inheritdoc cref="AF_INET" />
    public const byte AF_INET6 = 10;

    /// <summary>linux/xfrm.h</summary>
    public const ushort XFRM_MSG_GETSA = 0x12;

    /// <inheritdoc cref="XFRM_MSG_GETSA" />
    public const ushort XFRM_MSG_GETPOLICY = 0x15;

    /// <summary>linux/if_link.h</summary>
    public const ushort IFLA_GSO_IPV4_MAX_SIZE = 63;

    /// <inheritdoc cref="IFLA_GSO_IPV4_MAX_SIZE" />
    public const ushort IFLA_GRO_IPV4_MAX_SIZE = 64;

    /// <inheritdoc cref="IFLA_GSO_IPV4_MAX_SIZE" />
    public const ushort IFLA_XDP_ATTACHED = 2;

    /// <inheritdoc cref="IFLA_GSO_IPV4_MAX_SIZE" />
    public const ushort IFLA_MACVLAN_BC_CUTOFF = 9;

    /// <inheritdoc cref="IFLA_GSO_IPV4_MAX_SIZE" />
    public const ushort IFLA_BR_FDB_N_LEARNED = 48;

    /// <summary>linux/rtnetlink.h: RTEXT_FILTER_SKIP_STATS.</summary>
    public const uint RTEXT_FILTER_SKIP_STATS = 1 << 3;

    /// <summary>linux/rtnetlink.h</summary>
    public const ushort RTA_EXPIRES = 23;

    /// <inheritdoc cref="RTA_EXPIRES" />
    public const ushort RTA_NH_ID = 30;

    /// <summary>linux/nexthop.h</summary>
    public const ushort NHA_ID = 1;

    /// <inheritdoc cref="NHA_ID" />
    public const ushort NHA_GROUP = 2;

    /// <summary>linux/if.h</summary>
    public const uint IFF_UP = 0x1;

    /// <summary>linux/netfilter/nf_tables_compat.h and nf_tables.h</summary>
    public const ushort NFTA_RULE_COMPAT_PROTO = 1;

    /// <inheritdoc cref="NFTA_RULE_COMPAT_PROTO" />
    public const ushort NFTA_RULE_COMPAT_FLAGS = 2;

    /// <inheritdoc cref="NFTA_RULE_COMPAT_PROTO" />
    public const uint NFT_RULE_COMPAT_F_INV = 1 << 1;

    /// <summary>linux/netfilter/nf_tables.h</summary>
    public const uint NFT_SET_ELEM_INTERVAL_END = 0x1;
}
