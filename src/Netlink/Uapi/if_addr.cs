#pragma warning disable CS8981 // Kernel spelling.
using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Uapi;

/// <summary>Attributes of an address (linux/if_addr.h).</summary>
internal enum IFA : ushort
{
    IFA_UNSPEC = 0,
    IFA_ADDRESS = 1,
    IFA_LOCAL = 2,
    IFA_LABEL = 3,
    IFA_BROADCAST = 4,
    IFA_ANYCAST = 5,
    IFA_CACHEINFO = 6,
    IFA_MULTICAST = 7,
    IFA_FLAGS = 8,
    IFA_RT_PRIORITY = 9,
    IFA_TARGET_NETNSID = 10,
    IFA_PROTO = 11,
}

/// <summary>Flags of an address (linux/if_addr.h).</summary>
[Flags]
internal enum IFA_F : uint
{
    IFA_F_SECONDARY = 0x1,
    IFA_F_NODAD = 0x2,
    IFA_F_OPTIMISTIC = 0x4,
    IFA_F_DADFAILED = 0x8,
    IFA_F_HOMEADDRESS = 0x10,
    IFA_F_DEPRECATED = 0x20,
    IFA_F_TENTATIVE = 0x40,
    IFA_F_PERMANENT = 0x80,
    IFA_F_MANAGETEMPADDR = 0x100,
    IFA_F_NOPREFIXROUTE = 0x200,
    IFA_F_MCAUTOJOIN = 0x400,
    IFA_F_STABLE_PRIVACY = 0x800,
}

/// <summary>Fixed header of address messages (linux/if_addr.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ifaddrmsg
{
    public byte ifa_family;
    public byte ifa_prefixlen;
    public byte ifa_flags;
    public byte ifa_scope;
    public uint ifa_index;
}

/// <summary>Lifetimes of an address, in seconds; 0xffffffff is for ever. The stamps are hundredths of seconds since boot (linux/if_addr.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ifa_cacheinfo
{
    public uint ifa_prefered;
    public uint ifa_valid;
    public uint cstamp;
    public uint tstamp;
}
