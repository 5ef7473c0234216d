using LxcNative.Netlink.Routing.Neighbours;

namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>A neighbour changed.</summary>
/// <param name="Neighbour">The neighbour.</param>
/// <param name="IsDeleted">It is gone.</param>
public sealed record NeighbourEvent(Neighbour Neighbour, bool IsDeleted) : RouteEvent(IsDeleted);
