namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>What a monitor hears of.</summary>
[Flags]
#pragma warning disable CA1724, CA1711 // Named after multicast groups.
public enum RouteGroups
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Links.</summary>
    Links = 1,

    /// <summary>Addresses of IPv4 and IPv6.</summary>
    Addresses = 2,

    /// <summary>Routes of IPv4 and IPv6.</summary>
    Routes = 4,

    /// <summary>Rules of IPv4 and IPv6.</summary>
    Rules = 8,

    /// <summary>Neighbours.</summary>
    Neighbours = 16,

    /// <summary>All of them.</summary>
    All = Links | Addresses | Routes | Rules | Neighbours,
}
#pragma warning restore CA1724, CA1711
