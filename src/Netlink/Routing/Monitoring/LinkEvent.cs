using LxcNative.Netlink.Routing.Links;

namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>A link changed.</summary>
/// <param name="Link">The link as it is, or was.</param>
/// <param name="IsDeleted">It is gone: removed, or moved to another namespace.</param>
public sealed record LinkEvent(Link Link, bool IsDeleted) : RouteEvent(IsDeleted);
