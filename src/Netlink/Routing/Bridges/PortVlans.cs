namespace LxcNative.Netlink.Routing.Bridges;

/// <summary>The VLANs of a bridge, or of one of its ports.</summary>
/// <param name="LinkIndex">The bridge or the port.</param>
/// <param name="Vlans">Its VLANs.</param>
public sealed record PortVlans(int LinkIndex, ValueList<BridgeVlan> Vlans);
