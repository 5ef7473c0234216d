using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network.Kinds;

/// <summary>A segment of Ethernet over UDP. Its forwarding entries name other hosts, and are kept with those of bridges.</summary>
internal sealed record VxlanKind : LinkKind
{
    /// <summary>The kind.</summary>
    public VxlanKind()
        : base("vxlan") => HasForwarding = true;

    /// <inheritdoc />
    public override IEnumerable<OwnedAttribute> Settings(LinkFacts link) =>
        from data in link.Data
        let type = (IFLA_VXLAN)data.Type
        where !MeansByBeingThere(type) || data.Value.ContainsAnyExcept((byte)0)
        select type == IFLA_VXLAN.IFLA_VXLAN_TTL_INHERIT ? new OwnedAttribute(data.Type, []) : data;

    // The kernel shows these as numbers. It takes the first as a flag, and counts the bits of the others as used whatever their number (vxlan_nl2conf).
    private static bool MeansByBeingThere(IFLA_VXLAN type) =>
        type is IFLA_VXLAN.IFLA_VXLAN_TTL_INHERIT or IFLA_VXLAN.IFLA_VXLAN_REMCSUM_TX or IFLA_VXLAN.IFLA_VXLAN_REMCSUM_RX;
}
