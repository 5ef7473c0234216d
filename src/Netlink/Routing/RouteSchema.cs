using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Uapi;

namespace LxcNative.Netlink.Routing;

/// <summary>The names of rtnetlink: message types, attributes and how they nest.</summary>
internal static class RouteSchema
{
    private static readonly AttributeSchema Link = MakeLink();
    private static readonly AttributeSchema Address = AttributeSchema.Of<IFA>("IFA_");
    private static readonly AttributeSchema Route = AttributeSchema.Of<RTA>("RTA_").With(RTA.RTA_METRICS, AttributeSchema.Of<RTAX>("RTAX_"));
    private static readonly AttributeSchema Rule = AttributeSchema.Of<FRA>("FRA_");
    private static readonly AttributeSchema Neighbour = AttributeSchema.Of<NDA>("NDA_");
    private static readonly AttributeSchema NamespaceId = AttributeSchema.Of<NETNSA>("NETNSA_");

    public static FamilySchema Family { get; } = new("rtnetlink", Find);

    private static MessageSchema? Find(ushort type)
    {
        if (Enum.GetName((RTM)type) is not { } name)
            return null;
        name = name["RTM_".Length..];

        // Message types come in groups of four: NEW, DEL, GET, SET.
        return (RTM)(type & ~3) switch
        {
            RTM.RTM_NEWLINK or RTM.RTM_NEWLINKPROP => new MessageSchema(name, 16, Link),
            RTM.RTM_NEWADDR => new MessageSchema(name, 8, Address),
            RTM.RTM_NEWROUTE => new MessageSchema(name, 12, Route),
            RTM.RTM_NEWNEIGH => new MessageSchema(name, 12, Neighbour),
            RTM.RTM_NEWRULE => new MessageSchema(name, 12, Rule),
            RTM.RTM_NEWNSID => new MessageSchema(name, 4, NamespaceId),
            _ => new MessageSchema(name, 0),
        };
    }

    private static AttributeSchema MakeLink()
    {
        var port = AttributeSchema.Of<IFLA_BRPORT>("IFLA_BRPORT_");
        var info = AttributeSchema.Of<IFLA_INFO>("IFLA_INFO_")
            .With(IFLA_INFO.IFLA_INFO_SLAVE_DATA, port)
            .WithVariant(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA, "veth", AttributeSchema.Of<VETH_INFO>("VETH_INFO_"))
            .WithVariant(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA, "bridge", AttributeSchema.Of<IFLA_BR>("IFLA_BR_"))
            .WithVariant(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA, "vlan", AttributeSchema.Of<IFLA_VLAN>("IFLA_VLAN_"))
            .WithVariant(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA, "macvlan", AttributeSchema.Of<IFLA_MACVLAN>("IFLA_MACVLAN_"))
            .WithVariant(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA, "ipvlan", AttributeSchema.Of<IFLA_IPVLAN>("IFLA_IPVLAN_"))
            .WithVariant(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA, "bond", AttributeSchema.Of<IFLA_BOND>("IFLA_BOND_"));
        var link = AttributeSchema.Of<IFLA>("IFLA_");
        return link.With(IFLA.IFLA_LINKINFO, info).With(IFLA.IFLA_PROTINFO, port).With(IFLA.IFLA_PROP_LIST, link);
    }
}
