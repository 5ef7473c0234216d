using LxcNative.Netlink.Routing.Addresses;

namespace LxcNative.Netlink.Routing.Monitoring;

/// <summary>An address changed.</summary>
/// <param name="Address">The address.</param>
/// <param name="IsDeleted">It is gone.</param>
public sealed record AddressEvent(Address Address, bool IsDeleted) : RouteEvent(IsDeleted);
