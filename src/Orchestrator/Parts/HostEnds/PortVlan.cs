using LxcNative.Netlink.Routing.Bridges;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>A VLAN of a bridge port.</summary>
/// <param name="Id">Its number.</param>
/// <param name="IsPvid">Whether untagged frames that come in belong to it.</param>
/// <param name="IsUntagged">Whether its frames go out untagged.</param>
internal sealed record PortVlan(ushort Id, bool IsPvid, bool IsUntagged)
{
    internal static PortVlan From(BridgeVlan vlan) => new(vlan.Id, vlan.IsPvid, vlan.IsUntagged);

    internal BridgeVlan ToVlan() => new(Id, IsPvid, IsUntagged);
}
