using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Netfilter.Uapi;

#pragma warning disable CS8981 // The kernel's name.
/// <summary>What the target NFQUEUE of xtables is told, in its first revision (linux/netfilter/xt_NFQUEUE.h); host byte order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct xt_NFQ_info
{
    public ushort queuenum;
}
#pragma warning restore CS8981
