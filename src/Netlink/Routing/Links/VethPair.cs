namespace LxcNative.Netlink.Routing.Links;

/// <summary>A veth pair to be made: what goes in at one end comes out at the other.</summary>
/// <param name="Link">The end in this namespace, or in its <see cref="LinkSpec.Namespace"/>.</param>
/// <param name="Peer">The other end.</param>
public sealed record VethPair(LinkSpec Link, LinkSpec Peer);
