using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network.Kinds;

/// <summary>A link with an address of its own on another.</summary>
internal sealed record MacvlanKind : LinkKind
{
    /// <summary>The kind.</summary>
    public MacvlanKind()
        : base("macvlan") => KnownToCriu = [ARPHRD.ARPHRD_ETHER];

    /// <inheritdoc />
    public override IEnumerable<OwnedAttribute> Settings(LinkFacts link) => link.Data.Where(data => (IFLA_MACVLAN)data.Type
        is IFLA_MACVLAN.IFLA_MACVLAN_MODE or IFLA_MACVLAN.IFLA_MACVLAN_FLAGS or IFLA_MACVLAN.IFLA_MACVLAN_BC_QUEUE_LEN or IFLA_MACVLAN.IFLA_MACVLAN_BC_CUTOFF);

    /// <inheritdoc />
    public override IEnumerable<string> Obstacles(LinkFacts link)
    {
        if (link.Setting((ushort)IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_COUNT) is { } count && count.AsUInt32() != 0)
            yield return $"{link.Name} has a list of source addresses";
    }
}
