namespace LxcNative.Netlink.Netfilter;

/// <summary>The family of a table (NFPROTO_* of linux/netfilter.h).</summary>
public enum TableFamily : byte
{
    /// <summary>All families, in a list request.</summary>
    Unspecified = 0,

    /// <summary>IPv4 and IPv6.</summary>
    Inet = 1,

    /// <summary>IPv4, <c>ip</c> in nft.</summary>
    IPv4 = 2,

    /// <summary>ARP.</summary>
    Arp = 3,

    /// <summary>Everything that goes through a network device.</summary>
    Netdev = 5,

    /// <summary>Bridged frames.</summary>
    Bridge = 7,

    /// <summary>IPv6, <c>ip6</c> in nft.</summary>
    IPv6 = 10,
}
