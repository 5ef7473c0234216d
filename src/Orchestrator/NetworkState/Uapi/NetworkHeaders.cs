#pragma warning disable CS8981 // Kernel spelling.
using System.Runtime.InteropServices;

namespace LxcNative.Orchestrator.NetworkState.Uapi;

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

/// <summary>Fixed header of address label messages (linux/if_addrlabel.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ifaddrlblmsg
{
    public byte ifal_family;
    public byte __ifal_reserved;
    public byte ifal_prefixlen;
    public byte ifal_flags;
    public uint ifal_index;
    public uint ifal_seq;
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
