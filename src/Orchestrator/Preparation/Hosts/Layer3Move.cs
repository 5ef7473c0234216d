using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Routing.Routes;
using LxcNative.Netlink.Uapi;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>Moves a device's addresses and routes to another one. What the kernel makes by itself (link-local addresses, routes of prefixes) it
/// makes there too.</summary>
internal sealed class Layer3Move(RouteSocket host, Link from, string to, IReadOnlyCollection<string> staying)
{
    private const AddressFlags Kept = AddressFlags.NoPrefixRoute | AddressFlags.NoDuplicateDetection | AddressFlags.ManageTemporary | AddressFlags.Home;
    private const byte LinkScope = (byte)RT_SCOPE.RT_SCOPE_LINK;
    private readonly List<Address> _addresses = [.. host.Addresses.List(from.Index)
        .Where(address => !(address.Family == AddressFamily.IPv6 && address.Scope == LinkScope) && !staying.Contains(TextOf(address)))];
    private readonly List<Route> _routes = [.. host.Routes.List().Where(route => IsMoved(route, from.Index))];

    /// <summary>Whether there is anything to move.</summary>
    public bool IsEmpty => _addresses.Count == 0 && _routes.Count == 0;

    /// <summary>Takes everything from the one device; to be done before it becomes a port, or before the port is let go.</summary>
    public IEnumerable<Step> Leave()
    {
        // With an address its routes would go, and with the first IPv4 address of a prefix the others: each is taken by itself, last first.
        foreach (var route in Enumerable.Reverse(_routes))
            yield return new Step($"route {route} leaves {from.Name}", () => host.Routes.Delete(route), () => host.Routes.Add(route));
        foreach (var address in Enumerable.Reverse(_addresses))
            yield return new Step($"address {TextOf(address)} leaves {from.Name}", () => host.Addresses.Delete(address),
                () => Add(Renewed(address, from.Index, from.Name)));
    }

    /// <summary>Gives everything to the other device.</summary>
    public IEnumerable<Step> Arrive()
    {
        foreach (var address in _addresses)
            yield return new Step($"address {TextOf(address)} comes to {to}", () => Add(Renewed(address, Index(), to)),
                () => host.Addresses.Delete(Renewed(address, Index(), to)));
        foreach (var route in _routes)
            yield return new Step($"route {route} comes to {to}", () => host.Routes.Add(Turned(route, Index())),
                () => host.Routes.Delete(Turned(route, Index())));
    }

    /// <summary>The address as text, with its prefix length.</summary>
    public static string TextOf(Address address) => $"{address.Value}/{address.PrefixLength}";

    private static bool IsMoved(Route route, int index) =>
        route.Table != Route.LocalTable && route.Protocol != (byte)RTPROT.RTPROT_KERNEL
            && (route.OutputIndex == index || route.NextHops.Any(hop => hop.LinkIndex == index));

    // Usable at once: the same address was in use until now, so nobody else can have it. The flag that says so is taken away again.
    private void Add(Address address)
    {
        var isIPv6 = address.Family == AddressFamily.IPv6;
        host.Addresses.Add(isIPv6 ? address with { Flags = address.Flags | AddressFlags.NoDuplicateDetection } : address);
        if (isIPv6 && !address.Flags.HasFlag(AddressFlags.NoDuplicateDetection))
            host.Addresses.Replace(address);
    }

    private Address Renewed(Address address, int index, string device) => address with
    {
        LinkIndex = index,
        // eth0:1 becomes br0:1.
        Label = address.Label is { } label && label.StartsWith(from.Name, StringComparison.Ordinal) ? device + label[from.Name.Length..] : address.Label,
        Flags = address.Flags & Kept,
    };

    private Route Turned(Route route, int index) => route with
    {
        OutputIndex = route.OutputIndex == from.Index ? index : route.OutputIndex,
        NextHops = [.. route.NextHops.Select(hop => hop.LinkIndex == from.Index ? hop with { LinkIndex = index } : hop)],
        CacheInfo = null,
    };

    // The bridge may not have been made yet when the steps are planned.
    private int Index() => host.Links.Get(to).Index;
}
