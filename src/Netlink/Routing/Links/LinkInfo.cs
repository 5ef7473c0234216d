using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Links;

/// <summary>What IFLA_LINKINFO says: the kind of a link and of the master it is a port of, with their own attributes as received.</summary>
public sealed record LinkInfo
{
    internal LinkInfo(AttributeReader<HostEndian> nest)
    {
        List<OwnedAttribute> other = [];
        foreach (var attribute in nest)
        {
            switch ((IFLA_INFO)attribute.Type)
            {
                case IFLA_INFO.IFLA_INFO_KIND:
                    Kind = attribute.AsString();
                    break;
                case IFLA_INFO.IFLA_INFO_DATA:
                    Data = attribute.ToOwned();
                    break;
                case IFLA_INFO.IFLA_INFO_SLAVE_KIND:
                    SlaveKind = attribute.AsString();
                    break;
                case IFLA_INFO.IFLA_INFO_SLAVE_DATA:
                    SlaveData = attribute.ToOwned();
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        Other = [.. other];
    }

    /// <summary>IFLA_INFO_KIND: <c>veth</c>, <c>bridge</c>, <c>macvlan</c>...; null for a physical link.</summary>
    public string? Kind { get; }

    /// <summary>IFLA_INFO_DATA: attributes whose meaning belongs to the kind.</summary>
    public OwnedAttribute? Data { get; }

    /// <summary>IFLA_INFO_SLAVE_KIND: <c>bridge</c>, <c>bond</c>, <c>vrf</c>...; null without a master.</summary>
    public string? SlaveKind { get; }

    /// <summary>IFLA_INFO_SLAVE_DATA: attributes whose meaning belongs to the master's kind.</summary>
    public OwnedAttribute? SlaveData { get; }

    /// <summary>Attributes that this library does not know.</summary>
    public ValueList<OwnedAttribute> Other { get; }
}
