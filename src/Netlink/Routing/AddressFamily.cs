namespace LxcNative.Netlink.Routing;

/// <summary>The address family of a routing object (AF_* of Linux; not the numbers of System.Net.Sockets).</summary>
public enum AddressFamily : byte
{
    /// <summary>AF_UNSPEC: any.</summary>
    Unspecified = 0,

    /// <summary>AF_INET.</summary>
    IPv4 = 2,

    /// <summary>AF_BRIDGE: the forwarding database and ports of bridges.</summary>
    Bridge = 7,

    /// <summary>AF_INET6.</summary>
    IPv6 = 10,

    /// <summary>AF_MPLS.</summary>
    Mpls = 28,
}
