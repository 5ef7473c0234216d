#pragma warning disable CS8981 // Kernel spelling.
using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Uapi;

/// <summary>Attributes of a nexthop object (linux/nexthop.h).</summary>
internal enum NHA : ushort
{
    NHA_UNSPEC = 0,
    NHA_ID = 1,
    NHA_GROUP = 2,
    NHA_GROUP_TYPE = 3,
    NHA_BLACKHOLE = 4,
    NHA_OIF = 5,
    NHA_GATEWAY = 6,
    NHA_ENCAP_TYPE = 7,
    NHA_ENCAP = 8,
    NHA_GROUPS = 9,
    NHA_MASTER = 10,
    NHA_FDB = 11,
    NHA_RES_GROUP = 12,
    NHA_RES_BUCKET = 13,
}

/// <summary>Fixed header of nexthop messages (linux/nexthop.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct nhmsg
{
    public byte nh_family;
    public byte nh_scope;
    public byte nh_protocol;
    public byte resvd;
    public uint nh_flags;
}
