using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network.Kinds;

/// <summary>A bridge inside the container, and its ports.</summary>
internal sealed record BridgeKind : LinkKind
{
    private static readonly HashSet<ushort> States =
    [
        (ushort)IFLA_BR.IFLA_BR_ROOT_ID, (ushort)IFLA_BR.IFLA_BR_BRIDGE_ID, (ushort)IFLA_BR.IFLA_BR_ROOT_PORT, (ushort)IFLA_BR.IFLA_BR_ROOT_PATH_COST,
        (ushort)IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE, (ushort)IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_DETECTED, (ushort)IFLA_BR.IFLA_BR_HELLO_TIMER,
        (ushort)IFLA_BR.IFLA_BR_TCN_TIMER, (ushort)IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_TIMER, (ushort)IFLA_BR.IFLA_BR_GC_TIMER,
        (ushort)IFLA_BR.IFLA_BR_FDB_FLUSH, (ushort)IFLA_BR.IFLA_BR_PAD, (ushort)IFLA_BR.IFLA_BR_MCAST_QUERIER_STATE,
        (ushort)IFLA_BR.IFLA_BR_FDB_N_LEARNED,
    ];

    private static readonly HashSet<ushort> SettingsOfPort =
    [
        (ushort)IFLA_BRPORT.IFLA_BRPORT_PRIORITY, (ushort)IFLA_BRPORT.IFLA_BRPORT_COST, (ushort)IFLA_BRPORT.IFLA_BRPORT_MODE,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_GUARD, (ushort)IFLA_BRPORT.IFLA_BRPORT_PROTECT, (ushort)IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_LEARNING, (ushort)IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD, (ushort)IFLA_BRPORT.IFLA_BRPORT_PROXYARP,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI, (ushort)IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER, (ushort)IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST, (ushort)IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL, (ushort)IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK, (ushort)IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS, (ushort)IFLA_BRPORT.IFLA_BRPORT_ISOLATED,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, (ushort)IFLA_BRPORT.IFLA_BRPORT_LOCKED,
    ];

    /// <summary>The kind.</summary>
    public BridgeKind()
        : base("bridge")
    {
        HasPorts = true;
        HasForwarding = true;
        KnownToCriu = [ARPHRD.ARPHRD_ETHER];
    }

    /// <inheritdoc />
    public override IEnumerable<OwnedAttribute> Settings(LinkFacts link)
    {
        foreach (var data in link.Data.Where(data => !States.Contains(data.Type)))
        {
            if (data.Type == (ushort)IFLA_BR.IFLA_BR_MULTI_BOOLOPT && data.Value.Length == 8)
            {
                // struct br_boolopt_multi: values, then which of them count. The kernel refuses even a 0 for an option it was built without.
                var values = data.Value[..4];
                if (values.IndexOfAnyExcept((byte)0) >= 0)
                    yield return new OwnedAttribute(data.RawType, [.. values, .. values]);
            }
            else if (!IsDefault(data))
            {
                yield return data;
            }
        }
    }

    /// <inheritdoc />
    public override IEnumerable<OwnedAttribute> PortSettings(LinkFacts port) => port.PortData.Where(data => SettingsOfPort.Contains(data.Type));

    /// <inheritdoc />
    public override IEnumerable<string> Obstacles(LinkFacts link)
    {
        if (link.Setting((ushort)IFLA_BR.IFLA_BR_VLAN_FILTERING) is { Value: [not 0] })
            yield return $"{link.Name} filters VLANs";
    }

    // A kernel built without VLAN filtering refuses to switch it off; the group of IEEE 802.1D, once written, counts as chosen by the user.
    private static bool IsDefault(OwnedAttribute data) =>
        (data.Type == (ushort)IFLA_BR.IFLA_BR_VLAN_FILTERING && data.Value is [0])
        || (data.Type == (ushort)IFLA_BR.IFLA_BR_GROUP_ADDR && data.Value is [0x01, 0x80, 0xc2, 0, 0, 0]);
}
