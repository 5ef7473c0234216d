using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Uapi;

/// <summary>Attributes of a link (linux/if_link.h).</summary>
internal enum IFLA : ushort
{
    IFLA_UNSPEC = 0,
    IFLA_ADDRESS = 1,
    IFLA_BROADCAST = 2,
    IFLA_IFNAME = 3,
    IFLA_MTU = 4,
    IFLA_LINK = 5,
    IFLA_QDISC = 6,
    IFLA_STATS = 7,
    IFLA_COST = 8,
    IFLA_PRIORITY = 9,
    IFLA_MASTER = 10,
    IFLA_WIRELESS = 11,
    IFLA_PROTINFO = 12,
    IFLA_TXQLEN = 13,
    IFLA_MAP = 14,
    IFLA_WEIGHT = 15,
    IFLA_OPERSTATE = 16,
    IFLA_LINKMODE = 17,
    IFLA_LINKINFO = 18,
    IFLA_NET_NS_PID = 19,
    IFLA_IFALIAS = 20,
    IFLA_NUM_VF = 21,
    IFLA_VFINFO_LIST = 22,
    IFLA_STATS64 = 23,
    IFLA_VF_PORTS = 24,
    IFLA_PORT_SELF = 25,
    IFLA_AF_SPEC = 26,
    IFLA_GROUP = 27,
    IFLA_NET_NS_FD = 28,
    IFLA_EXT_MASK = 29,
    IFLA_PROMISCUITY = 30,
    IFLA_NUM_TX_QUEUES = 31,
    IFLA_NUM_RX_QUEUES = 32,
    IFLA_CARRIER = 33,
    IFLA_PHYS_PORT_ID = 34,
    IFLA_CARRIER_CHANGES = 35,
    IFLA_PHYS_SWITCH_ID = 36,
    IFLA_LINK_NETNSID = 37,
    IFLA_PHYS_PORT_NAME = 38,
    IFLA_PROTO_DOWN = 39,
    IFLA_GSO_MAX_SEGS = 40,
    IFLA_GSO_MAX_SIZE = 41,
    IFLA_PAD = 42,
    IFLA_XDP = 43,
    IFLA_EVENT = 44,
    IFLA_NEW_NETNSID = 45,
    IFLA_IF_NETNSID = 46,
    IFLA_CARRIER_UP_COUNT = 47,
    IFLA_CARRIER_DOWN_COUNT = 48,
    IFLA_NEW_IFINDEX = 49,
    IFLA_MIN_MTU = 50,
    IFLA_MAX_MTU = 51,
    IFLA_PROP_LIST = 52,
    IFLA_ALT_IFNAME = 53,
    IFLA_PERM_ADDRESS = 54,
    IFLA_PROTO_DOWN_REASON = 55,
    IFLA_PARENT_DEV_NAME = 56,
    IFLA_PARENT_DEV_BUS_NAME = 57,
    IFLA_GRO_MAX_SIZE = 58,
    IFLA_TSO_MAX_SIZE = 59,
    IFLA_TSO_MAX_SEGS = 60,
    IFLA_ALLMULTI = 61,
    IFLA_GSO_IPV4_MAX_SIZE = 63,
    IFLA_GRO_IPV4_MAX_SIZE = 64,
}

/// <summary>Attributes of an XDP program in IFLA_XDP (linux/if_link.h).</summary>
internal enum IFLA_XDP : ushort
{
    IFLA_XDP_UNSPEC = 0,
    IFLA_XDP_FD = 1,
    IFLA_XDP_ATTACHED = 2,
    IFLA_XDP_FLAGS = 3,
    IFLA_XDP_PROG_ID = 4,
}

/// <summary>Attributes of AF_INET in IFLA_AF_SPEC (linux/if_link.h).</summary>
internal enum IFLA_INET : ushort
{
    IFLA_INET_UNSPEC = 0,
    IFLA_INET_CONF = 1,
}

/// <summary>Attributes of AF_INET6 in IFLA_AF_SPEC (linux/if_link.h).</summary>
internal enum IFLA_INET6 : ushort
{
    IFLA_INET6_UNSPEC = 0,
    IFLA_INET6_FLAGS = 1,
    IFLA_INET6_CONF = 2,
    IFLA_INET6_STATS = 3,
    IFLA_INET6_MCAST = 4,
    IFLA_INET6_CACHEINFO = 5,
    IFLA_INET6_ICMP6STATS = 6,
    IFLA_INET6_TOKEN = 7,
    IFLA_INET6_ADDR_GEN_MODE = 8,
    IFLA_INET6_RA_MTU = 9,
}

/// <summary>Attributes of a bridge (linux/if_link.h).</summary>
internal enum IFLA_BR : ushort
{
    IFLA_BR_UNSPEC = 0,
    IFLA_BR_FORWARD_DELAY = 1,
    IFLA_BR_HELLO_TIME = 2,
    IFLA_BR_MAX_AGE = 3,
    IFLA_BR_AGEING_TIME = 4,
    IFLA_BR_STP_STATE = 5,
    IFLA_BR_PRIORITY = 6,
    IFLA_BR_VLAN_FILTERING = 7,
    IFLA_BR_VLAN_PROTOCOL = 8,
    IFLA_BR_GROUP_FWD_MASK = 9,
    IFLA_BR_ROOT_ID = 10,
    IFLA_BR_BRIDGE_ID = 11,
    IFLA_BR_ROOT_PORT = 12,
    IFLA_BR_ROOT_PATH_COST = 13,
    IFLA_BR_TOPOLOGY_CHANGE = 14,
    IFLA_BR_TOPOLOGY_CHANGE_DETECTED = 15,
    IFLA_BR_HELLO_TIMER = 16,
    IFLA_BR_TCN_TIMER = 17,
    IFLA_BR_TOPOLOGY_CHANGE_TIMER = 18,
    IFLA_BR_GC_TIMER = 19,
    IFLA_BR_GROUP_ADDR = 20,
    IFLA_BR_FDB_FLUSH = 21,
    IFLA_BR_MCAST_ROUTER = 22,
    IFLA_BR_MCAST_SNOOPING = 23,
    IFLA_BR_MCAST_QUERY_USE_IFADDR = 24,
    IFLA_BR_MCAST_QUERIER = 25,
    IFLA_BR_MCAST_HASH_ELASTICITY = 26,
    IFLA_BR_MCAST_HASH_MAX = 27,
    IFLA_BR_MCAST_LAST_MEMBER_CNT = 28,
    IFLA_BR_MCAST_STARTUP_QUERY_CNT = 29,
    IFLA_BR_MCAST_LAST_MEMBER_INTVL = 30,
    IFLA_BR_MCAST_MEMBERSHIP_INTVL = 31,
    IFLA_BR_MCAST_QUERIER_INTVL = 32,
    IFLA_BR_MCAST_QUERY_INTVL = 33,
    IFLA_BR_MCAST_QUERY_RESPONSE_INTVL = 34,
    IFLA_BR_MCAST_STARTUP_QUERY_INTVL = 35,
    IFLA_BR_NF_CALL_IPTABLES = 36,
    IFLA_BR_NF_CALL_IP6TABLES = 37,
    IFLA_BR_NF_CALL_ARPTABLES = 38,
    IFLA_BR_VLAN_DEFAULT_PVID = 39,
    IFLA_BR_PAD = 40,
    IFLA_BR_VLAN_STATS_ENABLED = 41,
    IFLA_BR_MCAST_STATS_ENABLED = 42,
    IFLA_BR_MCAST_IGMP_VERSION = 43,
    IFLA_BR_MCAST_MLD_VERSION = 44,
    IFLA_BR_VLAN_STATS_PER_PORT = 45,
    IFLA_BR_MULTI_BOOLOPT = 46,
    IFLA_BR_MCAST_QUERIER_STATE = 47,
    IFLA_BR_FDB_N_LEARNED = 48,
}

/// <summary>Attributes of a bridge port (linux/if_link.h).</summary>
internal enum IFLA_BRPORT : ushort
{
    IFLA_BRPORT_UNSPEC = 0,
    IFLA_BRPORT_STATE = 1,
    IFLA_BRPORT_PRIORITY = 2,
    IFLA_BRPORT_COST = 3,
    IFLA_BRPORT_MODE = 4,
    IFLA_BRPORT_GUARD = 5,
    IFLA_BRPORT_PROTECT = 6,
    IFLA_BRPORT_FAST_LEAVE = 7,
    IFLA_BRPORT_LEARNING = 8,
    IFLA_BRPORT_UNICAST_FLOOD = 9,
    IFLA_BRPORT_PROXYARP = 10,
    IFLA_BRPORT_LEARNING_SYNC = 11,
    IFLA_BRPORT_PROXYARP_WIFI = 12,
    IFLA_BRPORT_ROOT_ID = 13,
    IFLA_BRPORT_BRIDGE_ID = 14,
    IFLA_BRPORT_DESIGNATED_PORT = 15,
    IFLA_BRPORT_DESIGNATED_COST = 16,
    IFLA_BRPORT_ID = 17,
    IFLA_BRPORT_NO = 18,
    IFLA_BRPORT_TOPOLOGY_CHANGE_ACK = 19,
    IFLA_BRPORT_CONFIG_PENDING = 20,
    IFLA_BRPORT_MESSAGE_AGE_TIMER = 21,
    IFLA_BRPORT_FORWARD_DELAY_TIMER = 22,
    IFLA_BRPORT_HOLD_TIMER = 23,
    IFLA_BRPORT_FLUSH = 24,
    IFLA_BRPORT_MULTICAST_ROUTER = 25,
    IFLA_BRPORT_PAD = 26,
    IFLA_BRPORT_MCAST_FLOOD = 27,
    IFLA_BRPORT_MCAST_TO_UCAST = 28,
    IFLA_BRPORT_VLAN_TUNNEL = 29,
    IFLA_BRPORT_BCAST_FLOOD = 30,
    IFLA_BRPORT_GROUP_FWD_MASK = 31,
    IFLA_BRPORT_NEIGH_SUPPRESS = 32,
    IFLA_BRPORT_ISOLATED = 33,
    IFLA_BRPORT_BACKUP_PORT = 34,
    IFLA_BRPORT_MRP_RING_OPEN = 35,
    IFLA_BRPORT_MRP_IN_OPEN = 36,
    IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT = 37,
    IFLA_BRPORT_MCAST_EHT_HOSTS_CNT = 38,
    IFLA_BRPORT_LOCKED = 39,
}

/// <summary>Attributes in IFLA_LINKINFO (linux/if_link.h).</summary>
internal enum IFLA_INFO : ushort
{
    IFLA_INFO_UNSPEC = 0,
    IFLA_INFO_KIND = 1,
    IFLA_INFO_DATA = 2,
    IFLA_INFO_XSTATS = 3,
    IFLA_INFO_SLAVE_KIND = 4,
    IFLA_INFO_SLAVE_DATA = 5,
}

/// <summary>Attributes of a VLAN link (linux/if_link.h).</summary>
internal enum IFLA_VLAN : ushort
{
    IFLA_VLAN_UNSPEC = 0,
    IFLA_VLAN_ID = 1,
    IFLA_VLAN_FLAGS = 2,
    IFLA_VLAN_EGRESS_QOS = 3,
    IFLA_VLAN_INGRESS_QOS = 4,
    IFLA_VLAN_PROTOCOL = 5,
}

/// <summary>Attributes of a macvlan link (linux/if_link.h).</summary>
internal enum IFLA_MACVLAN : ushort
{
    IFLA_MACVLAN_UNSPEC = 0,
    IFLA_MACVLAN_MODE = 1,
    IFLA_MACVLAN_FLAGS = 2,
    IFLA_MACVLAN_MACADDR_MODE = 3,
    IFLA_MACVLAN_MACADDR = 4,
    IFLA_MACVLAN_MACADDR_DATA = 5,
    IFLA_MACVLAN_MACADDR_COUNT = 6,
    IFLA_MACVLAN_BC_QUEUE_LEN = 7,
    IFLA_MACVLAN_BC_QUEUE_LEN_USED = 8,
    IFLA_MACVLAN_BC_CUTOFF = 9,
}

/// <summary>Attributes of a VXLAN link (linux/if_link.h).</summary>
internal enum IFLA_VXLAN : ushort
{
    IFLA_VXLAN_UNSPEC = 0,
    IFLA_VXLAN_ID = 1,
    IFLA_VXLAN_GROUP = 2,
    IFLA_VXLAN_LINK = 3,
    IFLA_VXLAN_LOCAL = 4,
    IFLA_VXLAN_TTL = 5,
    IFLA_VXLAN_TOS = 6,
    IFLA_VXLAN_LEARNING = 7,
    IFLA_VXLAN_AGEING = 8,
    IFLA_VXLAN_LIMIT = 9,
    IFLA_VXLAN_PORT_RANGE = 10,
    IFLA_VXLAN_PROXY = 11,
    IFLA_VXLAN_RSC = 12,
    IFLA_VXLAN_L2MISS = 13,
    IFLA_VXLAN_L3MISS = 14,
    IFLA_VXLAN_PORT = 15,
    IFLA_VXLAN_GROUP6 = 16,
    IFLA_VXLAN_LOCAL6 = 17,
    IFLA_VXLAN_UDP_CSUM = 18,
    IFLA_VXLAN_UDP_ZERO_CSUM6_TX = 19,
    IFLA_VXLAN_UDP_ZERO_CSUM6_RX = 20,
    IFLA_VXLAN_REMCSUM_TX = 21,
    IFLA_VXLAN_REMCSUM_RX = 22,
    IFLA_VXLAN_GBP = 23,
    IFLA_VXLAN_REMCSUM_NOPARTIAL = 24,
    IFLA_VXLAN_COLLECT_METADATA = 25,
    IFLA_VXLAN_LABEL = 26,
    IFLA_VXLAN_GPE = 27,
    IFLA_VXLAN_TTL_INHERIT = 28,
    IFLA_VXLAN_DF = 29,
    IFLA_VXLAN_VNIFILTER = 30,
}

/// <summary>Attributes of an ipvlan link (linux/if_link.h).</summary>
internal enum IFLA_IPVLAN : ushort
{
    IFLA_IPVLAN_UNSPEC = 0,
    IFLA_IPVLAN_MODE = 1,
    IFLA_IPVLAN_FLAGS = 2,
}

/// <summary>Attributes of a bond (linux/if_link.h).</summary>
internal enum IFLA_BOND : ushort
{
    IFLA_BOND_UNSPEC = 0,
    IFLA_BOND_MODE = 1,
    IFLA_BOND_ACTIVE_SLAVE = 2,
    IFLA_BOND_MIIMON = 3,
    IFLA_BOND_UPDELAY = 4,
    IFLA_BOND_DOWNDELAY = 5,
    IFLA_BOND_USE_CARRIER = 6,
    IFLA_BOND_ARP_INTERVAL = 7,
    IFLA_BOND_ARP_IP_TARGET = 8,
    IFLA_BOND_ARP_VALIDATE = 9,
    IFLA_BOND_ARP_ALL_TARGETS = 10,
    IFLA_BOND_PRIMARY = 11,
    IFLA_BOND_PRIMARY_RESELECT = 12,
    IFLA_BOND_FAIL_OVER_MAC = 13,
    IFLA_BOND_XMIT_HASH_POLICY = 14,
    IFLA_BOND_RESEND_IGMP = 15,
    IFLA_BOND_NUM_PEER_NOTIF = 16,
    IFLA_BOND_ALL_SLAVES_ACTIVE = 17,
    IFLA_BOND_MIN_LINKS = 18,
    IFLA_BOND_LP_INTERVAL = 19,
    IFLA_BOND_PACKETS_PER_SLAVE = 20,
    IFLA_BOND_AD_LACP_RATE = 21,
    IFLA_BOND_AD_SELECT = 22,
    IFLA_BOND_AD_INFO = 23,
    IFLA_BOND_AD_ACTOR_SYS_PRIO = 24,
    IFLA_BOND_AD_USER_PORT_KEY = 25,
    IFLA_BOND_AD_ACTOR_SYSTEM = 26,
    IFLA_BOND_TLB_DYNAMIC_LB = 27,
    IFLA_BOND_PEER_NOTIF_DELAY = 28,
    IFLA_BOND_AD_LACP_ACTIVE = 29,
    IFLA_BOND_MISSED_MAX = 30,
    IFLA_BOND_NS_IP6_TARGET = 31,
    IFLA_BOND_COUPLED_CONTROL = 32,
}

/// <summary>Modes of a macvlan link (linux/if_link.h).</summary>
internal enum MACVLAN_MODE : uint
{
    MACVLAN_MODE_PRIVATE = 1,
    MACVLAN_MODE_VEPA = 2,
    MACVLAN_MODE_BRIDGE = 4,
    MACVLAN_MODE_PASSTHRU = 8,
    MACVLAN_MODE_SOURCE = 16,
}

/// <summary>Priority (big-endian) and address of a bridge (linux/if_link.h).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ifla_bridge_id
{
    public ushort prio;
    public byte addr0;
    public byte addr1;
    public byte addr2;
    public byte addr3;
    public byte addr4;
    public byte addr5;
}

/// <summary>Flags of a VLAN link (linux/if_link.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ifla_vlan_flags
{
    public uint flags;
    public uint mask;
}

/// <summary>Counters of a link; grows with kernel versions (linux/if_link.h).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct rtnl_link_stats64
{
    public ulong rx_packets;
    public ulong tx_packets;
    public ulong rx_bytes;
    public ulong tx_bytes;
    public ulong rx_errors;
    public ulong tx_errors;
    public ulong rx_dropped;
    public ulong tx_dropped;
    public ulong multicast;
    public ulong collisions;
    public ulong rx_length_errors;
    public ulong rx_over_errors;
    public ulong rx_crc_errors;
    public ulong rx_frame_errors;
    public ulong rx_fifo_errors;
    public ulong rx_missed_errors;
    public ulong tx_aborted_errors;
    public ulong tx_carrier_errors;
    public ulong tx_fifo_errors;
    public ulong tx_heartbeat_errors;
    public ulong tx_window_errors;
    public ulong rx_compressed;
    public ulong tx_compressed;
    public ulong rx_nohandler;
    public ulong rx_otherhost_dropped;
}
