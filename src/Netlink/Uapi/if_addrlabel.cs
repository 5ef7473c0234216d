#pragma warning disable CS8981 // Kernel spelling.
using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Uapi;

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
