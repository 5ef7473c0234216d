namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>Something changed in a network namespace.</summary>
/// <param name="IsDeleted">It is gone; else it is new or changed.</param>
public abstract record RouteEvent(bool IsDeleted);
