using LxcNative.Netlink.Routing.Routes;

namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>A route changed.</summary>
/// <param name="Route">The route.</param>
/// <param name="IsDeleted">It is gone.</param>
public sealed record RouteChangeEvent(Route Route, bool IsDeleted) : RouteEvent(IsDeleted);
