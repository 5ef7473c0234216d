using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Routes;

/// <summary>Requests about routes. Each throws <see cref="NetlinkException"/> when the kernel refuses.</summary>
public sealed class RouteRequests
{
    private readonly NetlinkSocket _socket;

    internal RouteRequests(NetlinkSocket socket) => _socket = socket;

    /// <summary>All routes, or those of one table or family. Those that the kernel keeps itself are among them.</summary>
    public List<Route> List(AddressFamily family = AddressFamily.Unspecified, uint? table = null)
    {
        var request = RequestBuilder.Build(RTM.RTM_GETROUTE, MessageFlags.None, new rtmsg { rtm_family = (byte)family }, attributes =>
        {
            if (table is { } number)
                attributes.Write(RTA.RTA_TABLE, number);
        });
        try
        {
            return _socket.Dump(request, Route.Parse, table is null ? null : $"table {table}");
        }
        catch (NetlinkException exception) when (table is not null && exception.Errno == Native.Errors.Errno.ENOENT)
        {
            // A table comes into being with its first route.
            return [];
        }
    }

    /// <summary>Adds a route; EEXIST when there is the same.</summary>
    public void Add(Route route) => Send(route, RTM.RTM_NEWROUTE, MessageFlags.Create | MessageFlags.Exclusive);

    /// <summary>Adds a route after those to the same destination, as IPv6 multipath routes grow.</summary>
    public void Append(Route route) => Send(route, RTM.RTM_NEWROUTE, MessageFlags.Create | MessageFlags.Append);

    /// <summary>Adds a route or changes the one to the same destination.</summary>
    public void Replace(Route route) => Send(route, RTM.RTM_NEWROUTE, MessageFlags.Create | MessageFlags.Replace);

    /// <summary>Removes a route; ESRCH when it is not there.</summary>
    public void Delete(Route route) => Send(route, RTM.RTM_DELROUTE, MessageFlags.None);

    private void Send(Route route, RTM type, MessageFlags flags) => _socket.Execute(route.ToRequest(type, flags), $"route {route}");
}
