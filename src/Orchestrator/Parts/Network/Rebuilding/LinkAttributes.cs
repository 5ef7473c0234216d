using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Which of a captured link's attributes are settings; the rest are states and counters that the kernel keeps.</summary>
internal static class LinkAttributes
{
    // In the order in which they are written: IFLA_GSO_MAX_SIZE also sets the IPv4 size, so that comes after it.
    private static readonly ushort[] Common =
    [
        (ushort)IFLA.IFLA_ADDRESS, (ushort)IFLA.IFLA_BROADCAST, (ushort)IFLA.IFLA_MTU, (ushort)IFLA.IFLA_TXQLEN, (ushort)IFLA.IFLA_GROUP,
        (ushort)IFLA.IFLA_LINKMODE, (ushort)IFLA.IFLA_GSO_MAX_SEGS, (ushort)IFLA.IFLA_GSO_MAX_SIZE, (ushort)IFLA.IFLA_GRO_MAX_SIZE,
        (ushort)IFLA.IFLA_GSO_IPV4_MAX_SIZE, (ushort)IFLA.IFLA_GRO_IPV4_MAX_SIZE,
    ];

    private static readonly ushort[] OnlyWhenMade = [(ushort)IFLA.IFLA_IFNAME, (ushort)IFLA.IFLA_NUM_TX_QUEUES, (ushort)IFLA.IFLA_NUM_RX_QUEUES];

    private static readonly ushort[] OnlyAfterwards = [(ushort)IFLA.IFLA_IFALIAS, (ushort)IFLA.IFLA_PROTO_DOWN];

    /// <summary>What is written when the link is made.</summary>
    public static List<OwnedAttribute> ForCreation(LinkFacts link) => Pick(link, [.. OnlyWhenMade, .. Common]);

    /// <summary>What of a link is still not as it was captured.</summary>
    public static List<OwnedAttribute> StillDifferent(LinkFacts wanted, LinkFacts now) =>
        Pick(wanted, [.. Common, .. OnlyAfterwards]).FindAll(attribute => !attribute.Equals(now.Message.Find(attribute.Type)) && !IsNoValue(attribute, now));

    private static List<OwnedAttribute> Pick(LinkFacts link, ushort[] types) =>
        [.. types.Select(type => link.Message.Find(type)).OfType<OwnedAttribute>()];

    private static bool IsNoValue(OwnedAttribute attribute, LinkFacts now) =>
        attribute.Type == (ushort)IFLA.IFLA_PROTO_DOWN && attribute.Value is [0] && now.Message.Find(attribute.Type) is null;
}
