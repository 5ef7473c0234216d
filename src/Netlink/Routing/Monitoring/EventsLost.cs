namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>The kernel had more to say than the queue holds (ENOBUFS): read the state again.</summary>
public sealed record EventsLost() : RouteEvent(false);
