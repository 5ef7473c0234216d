using LxcNative.Native.Handles;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Bridges;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Routing.NamespaceIds;
using LxcNative.Netlink.Routing.Neighbours;
using LxcNative.Netlink.Routing.Routes;
using LxcNative.Netlink.Routing.Rules;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;

namespace LxcNative.Netlink.Routing;

/// <summary>Speaks rtnetlink with one network namespace: links, bridge ports, addresses, routes, rules, neighbours, namespace ids.</summary>
/// <remarks>See rtnetlink(7). May be used by several threads; requests are made one at a time.</remarks>
public sealed class RouteSocket : IDisposable
{
    /// <summary>Speaks over a socket of NETLINK_ROUTE, which it then owns. For error texts by name, make it with <see cref="Options"/>.</summary>
    public RouteSocket(NetlinkSocket socket)
    {
        Socket = socket;
        Links = new LinkRequests(socket);
        BridgePorts = new BridgePortRequests(socket);
        Addresses = new AddressRequests(socket);
        Routes = new RouteRequests(socket);
        Rules = new RuleRequests(socket);
        Neighbours = new NeighbourRequests(socket);
        NamespaceIds = new NamespaceIdRequests(socket);
    }

    /// <summary>The names of rtnetlink for error texts, and otherwise default options.</summary>
    public static NetlinkSocketOptions Options { get; } = new() { Schema = RouteSchema.Family };

    /// <summary>The socket, for requests that have no method.</summary>
    public NetlinkSocket Socket { get; }

    /// <summary>Links: <c>ip link</c>.</summary>
    public LinkRequests Links { get; }

    /// <summary>Ports of bridges: <c>bridge link</c>, <c>bridge vlan</c>.</summary>
    public BridgePortRequests BridgePorts { get; }

    /// <summary>Addresses: <c>ip address</c>.</summary>
    public AddressRequests Addresses { get; }

    /// <summary>Routes: <c>ip route</c>.</summary>
    public RouteRequests Routes { get; }

    /// <summary>Policy rules: <c>ip rule</c>.</summary>
    public RuleRequests Rules { get; }

    /// <summary>Neighbours: <c>ip neighbour</c>.</summary>
    public NeighbourRequests Neighbours { get; }

    /// <summary>Ids of other network namespaces: <c>ip netns list-id</c>.</summary>
    public NamespaceIdRequests NamespaceIds { get; }

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    /// <exception cref="Native.Errors.SyscallException">It could not be opened.</exception>
    public static RouteSocket Open(NetlinkSocketOptions? options = null) => new(new NetlinkSocket((int)NETLINK.NETLINK_ROUTE, WithNames(options)));

    /// <summary>Opens a socket inside another network namespace.</summary>
    /// <param name="netns">The namespace (/proc/PID/ns/net); stays the caller's and may be closed afterwards.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="Native.Errors.SyscallException">The namespace cannot be entered, or the socket not opened.</exception>
    public static RouteSocket OpenIn(FileDescriptor netns, NetlinkSocketOptions? options = null) =>
        new(NetlinkSocket.OpenIn(netns, (int)NETLINK.NETLINK_ROUTE, WithNames(options)));

    /// <inheritdoc />
    public void Dispose() => Socket.Dispose();

    internal static NetlinkSocketOptions WithNames(NetlinkSocketOptions? options) =>
        options is null ? Options : options with { Schema = options.Schema ?? RouteSchema.Family };
}
