namespace LxcNative.Netlink.Routing.Routes;

/// <summary>What a route does (RTN_* of linux/rtnetlink.h).</summary>
public enum RouteType : byte
{
    /// <summary>None given.</summary>
    Unspecified = 0,

    /// <summary>By a gateway, or direct.</summary>
    Unicast = 1,

    /// <summary>To this host.</summary>
    Local = 2,

    /// <summary>To this host, sent as broadcast.</summary>
    Broadcast = 3,

    /// <summary>To this host as broadcast, sent as unicast.</summary>
    Anycast = 4,

    /// <summary>Multicast.</summary>
    Multicast = 5,

    /// <summary>Drop silently.</summary>
    Blackhole = 6,

    /// <summary>Answer EHOSTUNREACH.</summary>
    Unreachable = 7,

    /// <summary>Answer EACCES.</summary>
    Prohibit = 8,

    /// <summary>Go on at the next rule.</summary>
    Throw = 9,
}
