using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Finds the network devices inside a network namespace with their ends on the host.</summary>
internal static class NicDiscovery
{
    private const string Veth = "veth";

    /// <summary>The devices, loopback included, in the order of their indexes.</summary>
    /// <param name="networkNamespace">The container's network namespace; stays the caller's.</param>
    public static IReadOnlyList<ContainerNic> Discover(FileDescriptor networkNamespace)
    {
        using var inside = RouteSocket.OpenIn(networkNamespace);
        using var host = RouteSocket.Open();
        var namespaceId = host.NamespaceIds.Get(networkNamespace);
        var hostLinks = host.Links.List();
        using var hostNamespace = Namespace.OpenSelf(NamespaceKind.Net);
        var hostId = inside.NamespaceIds.Get(hostNamespace);
        return [.. inside.Links.List().OrderBy(link => link.Index)
            .Select(link => Describe(link, HostEnd(link, namespaceId, hostLinks)) with { Below = Below(link, hostId, hostLinks), Type = link.Type })];
    }

    private static string? Below(Link inside, int? hostId, List<Link> hostLinks) =>
        inside.Kind is null or Veth || hostId is null || inside.LinkNamespaceId != hostId ? null : hostLinks.Find(link => link.Index == inside.PeerIndex)?.Name;

    private static ContainerNic Describe(Link link, HostNic? host) =>
        new(link.Name, link.Index, link.Kind, link.Address.ToString(), (int)link.Mtu, link.IsUp, host);

    // The pair's other end: a veth of the host whose peer has this index and lives in the namespace with this id.
    private static HostNic? HostEnd(Link inside, int? namespaceId, List<Link> hostLinks)
    {
        if (inside.Kind != Veth || namespaceId is null)
            return null;
        var end = hostLinks.FirstOrDefault(link => link.Kind == Veth && link.PeerIndex == inside.Index
            && link.LinkNamespaceId == namespaceId && link.Index == inside.PeerIndex);
        if (end is null)
            return null;
        var bridge = end.MasterIndex is { } master ? hostLinks.FirstOrDefault(link => link.Index == master) : null;
        return new HostNic(
            end.Name, end.Index, end.Address.ToString(), (int)end.Mtu, end.IsUp, (int)end.TxQueues, (int)end.RxQueues,
            (int)end.TxQueueLength, (int)end.Group, end.Alias, bridge?.Name, bridge?.Kind);
    }
}
