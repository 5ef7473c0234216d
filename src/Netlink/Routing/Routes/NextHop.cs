using System.Net;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Routes;

/// <summary>One path of a multipath route (struct rtnexthop and its attributes in RTA_MULTIPATH).</summary>
public sealed record NextHop
{
    /// <summary>Makes an empty next hop, to be filled by an initializer.</summary>
    public NextHop()
    {
    }

    internal NextHop(in rtnexthop header, ReadOnlySpan<byte> attributes)
    {
        Flags = header.rtnh_flags;
        Weight = header.rtnh_hops + 1;
        LinkIndex = header.rtnh_ifindex;
        List<OwnedAttribute> other = [];
        foreach (var attribute in new AttributeReader<HostEndian>(attributes))
        {
            switch ((RTA)attribute.Type)
            {
                case RTA.RTA_GATEWAY when attribute.Value.Length is 4 or 16:
                    Gateway = attribute.AsIPAddress();
                    break;
                case RTA.RTA_VIA when Via.TryParse(attribute, out var via):
                    this.Via = via;
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        Other = [.. other];
    }

    /// <summary>The link's index.</summary>
    public int LinkIndex { get; init; }

    /// <summary>Share of the traffic: 1 to 256.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>RTNH_F_*: 4 is onlink; the kernel's own bits (dead, linkdown) are ignored in requests.</summary>
    public byte Flags { get; init; }

    /// <summary>RTA_GATEWAY.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>RTA_VIA: a gateway of another address family.</summary>
    public Via? Via { get; init; }

    /// <summary>Attributes that this library does not know, encapsulation among them.</summary>
    public ValueList<OwnedAttribute> Other { get; init; } = [];

    internal void WriteAttributes(AttributeWriter<HostEndian> attributes)
    {
        attributes.Write(RTA.RTA_GATEWAY, Gateway);
        Via?.Write(attributes);
        foreach (var attribute in Other)
            attributes.Write(attribute);
    }
}
