using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LxcNative.Netlink.SockDiag.Uapi;

/// <summary>Messages of NETLINK_SOCK_DIAG (linux/sock_diag.h).</summary>
internal enum SOCK_DIAG : ushort
{
    SOCK_DIAG_BY_FAMILY = 20,
}

/// <summary>Indexes of a socket's memory counters (linux/sock_diag.h).</summary>
internal enum SK_MEMINFO
{
    SK_MEMINFO_RMEM_ALLOC = 0,
    SK_MEMINFO_RCVBUF = 1,
    SK_MEMINFO_WMEM_ALLOC = 2,
    SK_MEMINFO_SNDBUF = 3,
    SK_MEMINFO_FWD_ALLOC = 4,
    SK_MEMINFO_WMEM_QUEUED = 5,
    SK_MEMINFO_OPTMEM = 6,
    SK_MEMINFO_BACKLOG = 7,
    SK_MEMINFO_DROPS = 8,
}

/// <summary>Attributes of an inet socket (linux/inet_diag.h); number n is asked for by bit n - 1.</summary>
internal enum INET_DIAG : ushort
{
    INET_DIAG_NONE = 0,
    INET_DIAG_MEMINFO = 1,
    INET_DIAG_INFO = 2,
    INET_DIAG_SKMEMINFO = 7,
    INET_DIAG_SHUTDOWN = 8,
    INET_DIAG_PROTOCOL = 10,
    INET_DIAG_SKV6ONLY = 11,
    INET_DIAG_MARK = 15,
    INET_DIAG_CGROUP_ID = 21,
}

/// <summary>Attributes of a unix socket (linux/unix_diag.h).</summary>
internal enum UNIX_DIAG : ushort
{
    UNIX_DIAG_NAME = 0,
    UNIX_DIAG_VFS = 1,
    UNIX_DIAG_PEER = 2,
    UNIX_DIAG_ICONS = 3,
    UNIX_DIAG_RQLEN = 4,
    UNIX_DIAG_MEMINFO = 5,
    UNIX_DIAG_SHUTDOWN = 6,
    UNIX_DIAG_UID = 7,
}

/// <summary>What is asked about unix sockets (linux/unix_diag.h).</summary>
[Flags]
internal enum UDIAG_SHOW : uint
{
    UDIAG_SHOW_NAME = 0x1,
    UDIAG_SHOW_VFS = 0x2,
    UDIAG_SHOW_PEER = 0x4,
    UDIAG_SHOW_ICONS = 0x8,
    UDIAG_SHOW_RQLEN = 0x10,
    UDIAG_SHOW_MEMINFO = 0x20,
    UDIAG_SHOW_UID = 0x40,
}

/// <summary>Attributes of a netlink socket (linux/netlink_diag.h).</summary>
internal enum NETLINK_DIAG : ushort
{
    NETLINK_DIAG_MEMINFO = 0,
    NETLINK_DIAG_GROUPS = 1,
    NETLINK_DIAG_RX_RING = 2,
    NETLINK_DIAG_TX_RING = 3,
    NETLINK_DIAG_FLAGS = 4,
}

/// <summary>What is asked about netlink sockets (linux/netlink_diag.h).</summary>
[Flags]
internal enum NDIAG_SHOW : uint
{
    NDIAG_SHOW_MEMINFO = 0x1,
    NDIAG_SHOW_GROUPS = 0x2,
    NDIAG_SHOW_FLAGS = 0x8,
}

/// <summary>Attributes of a packet socket (linux/packet_diag.h).</summary>
internal enum PACKET_DIAG : ushort
{
    PACKET_DIAG_INFO = 0,
    PACKET_DIAG_MCLIST = 1,
    PACKET_DIAG_RX_RING = 2,
    PACKET_DIAG_TX_RING = 3,
    PACKET_DIAG_FANOUT = 4,
    PACKET_DIAG_UID = 5,
    PACKET_DIAG_MEMINFO = 6,
    PACKET_DIAG_FILTER = 7,
}

/// <summary>What is asked about packet sockets (linux/packet_diag.h).</summary>
[Flags]
internal enum PACKET_SHOW : uint
{
    PACKET_SHOW_INFO = 0x1,
    PACKET_SHOW_MCLIST = 0x2,
    PACKET_SHOW_RING_CFG = 0x4,
    PACKET_SHOW_FANOUT = 0x8,
    PACKET_SHOW_MEMINFO = 0x10,
}

/// <summary>Sixteen bytes of an address; IPv4 takes the first four.</summary>
[InlineArray(16)]
internal struct inet_diag_address
{
    private byte _first;
}

/// <summary>A socket's name (linux/inet_diag.h). Ports and addresses are big-endian.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct inet_diag_sockid
{
    public ushort idiag_sport;
    public ushort idiag_dport;
    public inet_diag_address idiag_src;
    public inet_diag_address idiag_dst;
    public uint idiag_if;
    public uint idiag_cookie_low;
    public uint idiag_cookie_high;
}

/// <summary>A request about inet sockets (linux/inet_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct inet_diag_req_v2
{
    public byte sdiag_family;
    public byte sdiag_protocol;
    public byte idiag_ext;
    public byte pad;
    public uint idiag_states;
    public inet_diag_sockid id;
}

/// <summary>The answer (linux/inet_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct inet_diag_msg
{
    public byte idiag_family;
    public byte idiag_state;
    public byte idiag_timer;
    public byte idiag_retrans;
    public inet_diag_sockid id;
    public uint idiag_expires;
    public uint idiag_rqueue;
    public uint idiag_wqueue;
    public uint idiag_uid;
    public uint idiag_inode;
}

/// <summary>A request about unix sockets (linux/unix_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct unix_diag_req
{
    public byte sdiag_family;
    public byte sdiag_protocol;
    public ushort pad;
    public uint udiag_states;
    public uint udiag_ino;
    public uint udiag_show;
    public uint udiag_cookie_low;
    public uint udiag_cookie_high;
}

/// <summary>A request about netlink or packet sockets (linux/netlink_diag.h, packet_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct netlink_diag_req
{
    public byte sdiag_family;
    public byte sdiag_protocol;
    public ushort pad;
    public uint ndiag_ino;
    public uint ndiag_show;
    public uint ndiag_cookie_low;
    public uint ndiag_cookie_high;
}

/// <summary>The answer about a unix socket (linux/unix_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct unix_diag_msg
{
    public byte udiag_family;
    public byte udiag_type;
    public byte udiag_state;
    public byte pad;
    public uint udiag_ino;
    public uint udiag_cookie_low;
    public uint udiag_cookie_high;
}

/// <summary>The answer about a netlink socket (linux/netlink_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct netlink_diag_msg
{
    public byte ndiag_family;
    public byte ndiag_type;
    public byte ndiag_protocol;
    public byte ndiag_state;
    public uint ndiag_portid;
    public uint ndiag_dst_portid;
    public uint ndiag_dst_group;
    public uint ndiag_ino;
    public uint ndiag_cookie_low;
    public uint ndiag_cookie_high;
}

/// <summary>The answer about a packet socket (linux/packet_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct packet_diag_msg
{
    public byte pdiag_family;
    public byte pdiag_type;
    public ushort pdiag_num;
    public uint pdiag_ino;
    public uint pdiag_cookie_low;
    public uint pdiag_cookie_high;
}

/// <summary>PACKET_DIAG_INFO (linux/packet_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct packet_diag_info
{
    public uint pdi_index;
    public uint pdi_version;
    public uint pdi_reserve;
    public uint pdi_copy_thresh;
    public uint pdi_tstamp;
    public uint pdi_flags;
}

/// <summary>An entry of PACKET_DIAG_MCLIST (linux/packet_diag.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct packet_diag_mclist
{
    public uint pdmc_index;
    public uint pdmc_count;
    public ushort pdmc_type;
    public ushort pdmc_alen;
    public packet_diag_address pdmc_addr;
}

/// <summary>A hardware address of up to MAX_ADDR_LEN bytes (linux/packet_diag.h).</summary>
[InlineArray(32)]
internal struct packet_diag_address
{
    private byte _first;
}
