using LxcNative.Netlink.Uapi;

namespace LxcNative.Netlink.Routing.Bridges;

/// <summary>A VLAN of a bridge's port.</summary>
/// <param name="Id">1 to 4094.</param>
/// <param name="IsPvid">Packets without tag that come in belong to it.</param>
/// <param name="IsUntagged">Packets leave without tag.</param>
public readonly record struct BridgeVlan(ushort Id, bool IsPvid = false, bool IsUntagged = false)
{
    internal static BridgeVlan Of(in bridge_vlan_info info) => new(
        info.vid,
        ((BRIDGE_VLAN_INFO)info.flags).HasFlag(BRIDGE_VLAN_INFO.BRIDGE_VLAN_INFO_PVID),
        ((BRIDGE_VLAN_INFO)info.flags).HasFlag(BRIDGE_VLAN_INFO.BRIDGE_VLAN_INFO_UNTAGGED));

    internal bridge_vlan_info ToWire() => new()
    {
        vid = Id,
        flags = (ushort)((IsPvid ? BRIDGE_VLAN_INFO.BRIDGE_VLAN_INFO_PVID : 0) | (IsUntagged ? BRIDGE_VLAN_INFO.BRIDGE_VLAN_INFO_UNTAGGED : 0)),
    };
}
