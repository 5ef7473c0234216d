using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.NetworkState.Capturing;
using LxcNative.Orchestrator.NetworkState.Uapi;

namespace LxcNative.Orchestrator.NetworkState.Rebuilding;

/// <summary>Which of a captured link's attributes are settings; the rest are states and counters that the kernel keeps.</summary>
internal static class LinkAttributes
{
    // In the order in which they are written: IFLA_GSO_MAX_SIZE also sets the IPv4 size, so that comes after it.
    private static readonly ushort[] Common =
    [
        (ushort)IFLA.IFLA_ADDRESS, (ushort)IFLA.IFLA_BROADCAST, (ushort)IFLA.IFLA_MTU, (ushort)IFLA.IFLA_TXQLEN, (ushort)IFLA.IFLA_GROUP,
        (ushort)IFLA.IFLA_LINKMODE, (ushort)IFLA.IFLA_GSO_MAX_SEGS, (ushort)IFLA.IFLA_GSO_MAX_SIZE, (ushort)IFLA.IFLA_GRO_MAX_SIZE,
        NetworkNumbers.IFLA_GSO_IPV4_MAX_SIZE, NetworkNumbers.IFLA_GRO_IPV4_MAX_SIZE,
    ];

    private static readonly ushort[] OnlyWhenMade = [(ushort)IFLA.IFLA_IFNAME, (ushort)IFLA.IFLA_NUM_TX_QUEUES, (ushort)IFLA.IFLA_NUM_RX_QUEUES];

    private static readonly ushort[] OnlyAfterwards = [(ushort)IFLA.IFLA_IFALIAS, (ushort)IFLA.IFLA_PROTO_DOWN];

    private static readonly HashSet<ushort> BridgeStates =
    [
        (ushort)IFLA_BR.IFLA_BR_ROOT_ID, (ushort)IFLA_BR.IFLA_BR_BRIDGE_ID, (ushort)IFLA_BR.IFLA_BR_ROOT_PORT, (ushort)IFLA_BR.IFLA_BR_ROOT_PATH_COST,
        (ushort)IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE, (ushort)IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_DETECTED, (ushort)IFLA_BR.IFLA_BR_HELLO_TIMER,
        (ushort)IFLA_BR.IFLA_BR_TCN_TIMER, (ushort)IFLA_BR.IFLA_BR_TOPOLOGY_CHANGE_TIMER, (ushort)IFLA_BR.IFLA_BR_GC_TIMER,
        (ushort)IFLA_BR.IFLA_BR_FDB_FLUSH, (ushort)IFLA_BR.IFLA_BR_PAD, (ushort)IFLA_BR.IFLA_BR_MCAST_QUERIER_STATE,
        NetworkNumbers.IFLA_BR_FDB_N_LEARNED,
    ];

    private static readonly HashSet<ushort> PortSettings =
    [
        (ushort)IFLA_BRPORT.IFLA_BRPORT_PRIORITY, (ushort)IFLA_BRPORT.IFLA_BRPORT_COST, (ushort)IFLA_BRPORT.IFLA_BRPORT_MODE,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_GUARD, (ushort)IFLA_BRPORT.IFLA_BRPORT_PROTECT, (ushort)IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_LEARNING, (ushort)IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD, (ushort)IFLA_BRPORT.IFLA_BRPORT_PROXYARP,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI, (ushort)IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER, (ushort)IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST, (ushort)IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL, (ushort)IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK, (ushort)IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS, (ushort)IFLA_BRPORT.IFLA_BRPORT_ISOLATED,
        (ushort)IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, (ushort)IFLA_BRPORT.IFLA_BRPORT_LOCKED,
    ];

    /// <summary>What is written when the link is made.</summary>
    public static List<OwnedAttribute> ForCreation(LinkFacts link) => Pick(link, [.. OnlyWhenMade, .. Common]);

    /// <summary>What of a link is still not as it was captured.</summary>
    public static List<OwnedAttribute> StillDifferent(LinkFacts wanted, LinkFacts now) =>
        Pick(wanted, [.. Common, .. OnlyAfterwards]).FindAll(attribute => !attribute.Equals(now.Message.Find(attribute.Type)) && !IsNoValue(attribute, now));

    /// <summary>The settings of the link's kind.</summary>
    public static IEnumerable<OwnedAttribute> OfKind(LinkFacts link) => link.Kind switch
    {
        "bridge" => OfBridge(link),
        "macvlan" => link.Data.Where(data => data.Type is (ushort)IFLA_MACVLAN.IFLA_MACVLAN_MODE or (ushort)IFLA_MACVLAN.IFLA_MACVLAN_FLAGS
            or (ushort)IFLA_MACVLAN.IFLA_MACVLAN_BC_QUEUE_LEN or NetworkNumbers.IFLA_MACVLAN_BC_CUTOFF),
        "veth" => [],
        _ => link.Data,
    };

    /// <summary>The settings of a link as a port of a bridge.</summary>
    public static List<OwnedAttribute> OfPort(LinkFacts link) => link.PortKind == "bridge" ? link.PortData.FindAll(data => PortSettings.Contains(data.Type)) : [];

    private static IEnumerable<OwnedAttribute> OfBridge(LinkFacts link)
    {
        foreach (var data in link.Data.Where(data => !BridgeStates.Contains(data.Type)))
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

    // A kernel built without VLAN filtering refuses to switch it off; the group of IEEE 802.1D, once written, counts as chosen by the user.
    private static bool IsDefault(OwnedAttribute data) =>
        (data.Type == (ushort)IFLA_BR.IFLA_BR_VLAN_FILTERING && data.Value is [0])
        || (data.Type == (ushort)IFLA_BR.IFLA_BR_GROUP_ADDR && data.Value is [0x01, 0x80, 0xc2, 0, 0, 0]);

    private static List<OwnedAttribute> Pick(LinkFacts link, ushort[] types) =>
        [.. types.Select(type => link.Message.Find(type)).OfType<OwnedAttribute>()];

    private static bool IsNoValue(OwnedAttribute attribute, LinkFacts now) =>
        attribute.Type == (ushort)IFLA.IFLA_PROTO_DOWN && attribute.Value is [0] && now.Message.Find(attribute.Type) is null;
}
