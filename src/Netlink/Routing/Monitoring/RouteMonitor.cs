using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Routing.Addresses;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Routing.Neighbours;
using LxcNative.Netlink.Routing.Routes;
using LxcNative.Netlink.Routing.Rules;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>Hears what changes in a network namespace (<c>ip monitor</c>), from the moment it is opened.</summary>
/// <remarks>To wait for a state without missing the change: open the monitor first, then look, then wait.</remarks>
public sealed class RouteMonitor : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly Queue<RouteEvent> _events = [];

    /// <summary>Listens on a socket of NETLINK_ROUTE, which it then owns.</summary>
    public RouteMonitor(NetlinkSocket socket, RouteGroups groups)
    {
        _socket = socket;
        try
        {
            foreach (var group in Groups(groups))
                socket.JoinGroup((uint)group);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Listens in the calling thread's network namespace.</summary>
    /// <exception cref="SyscallException">The socket could not be opened.</exception>
    public static RouteMonitor Open(RouteGroups groups, NetlinkSocketOptions? options = null) =>
        new(new NetlinkSocket((int)NETLINK.NETLINK_ROUTE, RouteSocket.WithNames(options)), groups);

    /// <summary>Listens in another network namespace.</summary>
    /// <param name="netns">The namespace; stays the caller's and may be closed afterwards.</param>
    /// <param name="groups">What to hear of.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="SyscallException">The namespace cannot be entered, or the socket not opened.</exception>
    public static RouteMonitor OpenIn(FileDescriptor netns, RouteGroups groups, NetlinkSocketOptions? options = null) =>
        new(NetlinkSocket.OpenIn(netns, (int)NETLINK.NETLINK_ROUTE, RouteSocket.WithNames(options)), groups);

    /// <summary>Waits for the next change.</summary>
    /// <param name="timeout">How long; <see cref="TimeSpan.Zero"/> does not wait.</param>
    /// <param name="change">The change; <see cref="EventsLost"/> when some were missed.</param>
    /// <returns>False when nothing changed in time.</returns>
    public bool TryNext(TimeSpan timeout, [NotNullWhen(true)] out RouteEvent? change)
    {
        var waited = Stopwatch.StartNew();
        while (!_events.TryDequeue(out change))
        {
            var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - waited.Elapsed;
            if (timeout != Timeout.InfiniteTimeSpan && left < TimeSpan.Zero)
                left = TimeSpan.Zero;
            try
            {
                if (!_socket.TryReceive(Collect, left))
                    return false;
            }
            catch (SyscallException exception) when (exception.Errno == Errno.ENOBUFS)
            {
                _events.Enqueue(new EventsLost());
            }
        }

        return true;
    }

    /// <summary>Waits until <paramref name="isReached"/> says so: it is asked at once, and again after every change.</summary>
    /// <returns>False when it was not reached in time.</returns>
    public bool WaitUntil(Func<bool> isReached, TimeSpan timeout)
    {
        var waited = Stopwatch.StartNew();
        while (!isReached())
        {
            var left = timeout - waited.Elapsed;
            if (left <= TimeSpan.Zero || !TryNext(left, out _))
                return isReached();
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private static IEnumerable<RTNLGRP> Groups(RouteGroups groups)
    {
        if (groups.HasFlag(RouteGroups.Links))
            yield return RTNLGRP.RTNLGRP_LINK;
        if (groups.HasFlag(RouteGroups.Neighbours))
            yield return RTNLGRP.RTNLGRP_NEIGH;
        if (groups.HasFlag(RouteGroups.Addresses))
        {
            yield return RTNLGRP.RTNLGRP_IPV4_IFADDR;
            yield return RTNLGRP.RTNLGRP_IPV6_IFADDR;
        }

        if (groups.HasFlag(RouteGroups.Routes))
        {
            yield return RTNLGRP.RTNLGRP_IPV4_ROUTE;
            yield return RTNLGRP.RTNLGRP_IPV6_ROUTE;
        }

        if (groups.HasFlag(RouteGroups.Rules))
        {
            yield return RTNLGRP.RTNLGRP_IPV4_RULE;
            yield return RTNLGRP.RTNLGRP_IPV6_RULE;
        }
    }

    private static RouteEvent? Parse(Message message) => (RTM)message.Header.Type switch
    {
        RTM.RTM_NEWLINK => new LinkEvent(Link.Parse(message), false),
        RTM.RTM_DELLINK => new LinkEvent(Link.Parse(message), true),
        RTM.RTM_NEWADDR => new AddressEvent(Address.Parse(message), false),
        RTM.RTM_DELADDR => new AddressEvent(Address.Parse(message), true),
        RTM.RTM_NEWROUTE => new RouteChangeEvent(Route.Parse(message), false),
        RTM.RTM_DELROUTE => new RouteChangeEvent(Route.Parse(message), true),
        RTM.RTM_NEWRULE => new RuleEvent(Rule.Parse(message), false),
        RTM.RTM_DELRULE => new RuleEvent(Rule.Parse(message), true),
        RTM.RTM_NEWNEIGH => new NeighbourEvent(Neighbour.Parse(message), false),
        RTM.RTM_DELNEIGH => new NeighbourEvent(Neighbour.Parse(message), true),
        _ => null,
    };

    private void Collect(Message message)
    {
        if (Parse(message) is { } change)
            _events.Enqueue(change);
    }
}
