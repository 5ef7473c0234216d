namespace LxcNative.Netlink.Netfilter;

/// <summary>The hooks of the family arp (linux/netfilter_arp.h).</summary>
public enum ArpHook
{
    /// <summary>ARP packets that came in.</summary>
    Input = 0,

    /// <summary>ARP packets made in this namespace.</summary>
    Output = 1,
}
