using System.Net;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Routes;

/// <summary>A route (RTM_NEWROUTE). Reading and writing again keeps every attribute but <see cref="CacheInfo"/>, which is the kernel's.</summary>
/// <remarks><code>
///  0       1       2       3       4       5       6       7       8
/// +-------+-------+-------+-------+-------+-------+-------+-------+
/// |family |dst len|src len|  tos  | table |protoc.| scope | type  |
/// +-------+-------+-------+-------+-------+-------+-------+-------+
/// |             flags             |                                   struct rtmsg
/// +-------------------------------+
/// </code></remarks>
public sealed record Route
{
    /// <summary>The main table (RT_TABLE_MAIN).</summary>
    public const uint MainTable = 254;

    /// <summary>The table of local and broadcast addresses, which the kernel fills itself (RT_TABLE_LOCAL).</summary>
    public const uint LocalTable = 255;

    /// <summary>Makes an empty route, to be filled by an initializer.</summary>
    public Route()
    {
    }

    private Route(Message message)
    {
        var header = message.FixedHeader<rtmsg>();
        Family = (AddressFamily)header.rtm_family;
        Tos = header.rtm_tos;
        Table = header.rtm_table;
        Protocol = header.rtm_protocol;
        Scope = header.rtm_scope;
        Type = (RouteType)header.rtm_type;
        Flags = header.rtm_flags;
        var isIP = Family is AddressFamily.IPv4 or AddressFamily.IPv6;
        IPAddress? destination = null, source = null;
        List<OwnedAttribute> other = [];
        foreach (var attribute in message.Attributes(12))
        {
            switch ((RTA)attribute.Type)
            {
                // Other families have other addresses: an MPLS destination is a label.
                case RTA.RTA_DST when isIP:
                    destination = attribute.AsIPAddress();
                    break;
                case RTA.RTA_SRC when isIP:
                    source = attribute.AsIPAddress();
                    break;
                case RTA.RTA_GATEWAY when isIP:
                    Gateway = attribute.AsIPAddress();
                    break;
                case RTA.RTA_PREFSRC when isIP:
                    PreferredSource = attribute.AsIPAddress();
                    break;
                case RTA.RTA_VIA when Routes.Via.TryParse(attribute, out var via):
                    Via = via;
                    break;
                case RTA.RTA_IIF:
                    InputIndex = attribute.AsInt32();
                    break;
                case RTA.RTA_OIF:
                    OutputIndex = attribute.AsInt32();
                    break;
                case RTA.RTA_PRIORITY:
                    Priority = attribute.AsUInt32();
                    break;
                case RTA.RTA_TABLE:
                    Table = attribute.AsUInt32();
                    break;
                case RTA.RTA_FLOW:
                    Flow = attribute.AsUInt32();
                    break;
                case RTA.RTA_MARK:
                    Mark = attribute.AsUInt32();
                    break;
                case RTA.RTA_PREF:
                    Preference = attribute.AsByte();
                    break;
                case RTA.RTA_EXPIRES:
                    Expires = attribute.AsUInt32();
                    break;
                case RTA.RTA_NH_ID:
                    NextHopId = attribute.AsUInt32();
                    break;
                case RTA.RTA_ENCAP_TYPE:
                    EncapsulationType = attribute.AsUInt16();
                    break;
                case RTA.RTA_ENCAP:
                    Encapsulation = attribute.ToOwned();
                    break;
                case RTA.RTA_METRICS:
                    Metrics = OwnedAttributes(attribute.AsNest());
                    break;
                case RTA.RTA_MULTIPATH:
                    NextHops = Multipath.Parse(attribute.Value);
                    break;
                case RTA.RTA_CACHEINFO:
                    CacheInfo = attribute.AsGrowing<rta_cacheinfo>();
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        Destination = ToPrefix(destination, header.rtm_dst_len);
        Source = ToPrefix(source, header.rtm_src_len);
        Other = [.. other];
    }

    /// <summary>The address family.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.IPv4;

    /// <summary>RTA_DST; null for the default route.</summary>
    public Prefix? Destination { get; init; }

    /// <summary>RTA_SRC: packets from; IPv6 only, null for all.</summary>
    public Prefix? Source { get; init; }

    /// <summary>Type of service.</summary>
    public byte Tos { get; init; }

    /// <summary>RTA_TABLE.</summary>
    public uint Table { get; init; } = MainTable;

    /// <summary>RTPROT_*, who made it: 2 kernel, 3 boot, 4 static, 9 router advertisement.</summary>
    public byte Protocol { get; init; } = (byte)RTPROT.RTPROT_BOOT;

    /// <summary>RT_SCOPE_*: 0 is global, 253 link, 254 host.</summary>
    public byte Scope { get; init; }

    /// <summary>What it does.</summary>
    public RouteType Type { get; init; } = RouteType.Unicast;

    /// <summary>RTM_F_* and RTNH_F_*.</summary>
    public uint Flags { get; init; }

    /// <summary>RTA_GATEWAY.</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>RTA_VIA: a gateway of another address family.</summary>
    public Via? Via { get; init; }

    /// <summary>RTA_OIF: the link it leaves by.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>RTA_IIF.</summary>
    public int? InputIndex { get; init; }

    /// <summary>RTA_PREFSRC: the source address that new packets get.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>RTA_PRIORITY: the metric; lower wins.</summary>
    public uint? Priority { get; init; }

    /// <summary>RTA_METRICS: RTAX_* attributes (MTU, initial window, congestion control...).</summary>
    public ValueList<OwnedAttribute> Metrics { get; init; } = [];

    /// <summary>RTA_MULTIPATH: the paths of a multipath route.</summary>
    public ValueList<NextHop> NextHops { get; init; } = [];

    /// <summary>RTA_NH_ID: the id of a next hop object.</summary>
    public uint? NextHopId { get; init; }

    /// <summary>RTA_FLOW: realms.</summary>
    public uint? Flow { get; init; }

    /// <summary>RTA_MARK.</summary>
    public uint? Mark { get; init; }

    /// <summary>RTA_PREF: router preference; IPv6 only.</summary>
    public byte? Preference { get; init; }

    /// <summary>RTA_EXPIRES: seconds it lives, in a request. What is left of it is in <see cref="CacheInfo"/>.</summary>
    public uint? Expires { get; init; }

    /// <summary>RTA_ENCAP_TYPE.</summary>
    public ushort? EncapsulationType { get; init; }

    /// <summary>RTA_ENCAP, as received.</summary>
    public OwnedAttribute? Encapsulation { get; init; }

    /// <summary>RTA_CACHEINFO: the kernel's to say, never written.</summary>
    public rta_cacheinfo? CacheInfo { get; init; }

    /// <summary>Attributes that this library does not know.</summary>
    public ValueList<OwnedAttribute> Other { get; init; } = [];

    /// <summary>Reads an RTM_NEWROUTE or RTM_DELROUTE.</summary>
    /// <exception cref="Errors.NetlinkProtocolException">It is malformed.</exception>
    public static Route Parse(Message message) => new(message);

    /// <inheritdoc />
    public override string ToString() => $"{Destination?.ToString() ?? "default"} table {Table}{(Gateway is null ? "" : $" via {Gateway}")}";

    internal MessageBuffer ToRequest(RTM type, MessageFlags flags)
    {
        rtmsg header = new()
        {
            rtm_family = (byte)Family,
            rtm_dst_len = Destination?.Length ?? 0,
            rtm_src_len = Source?.Length ?? 0,
            rtm_tos = Tos,
            rtm_table = (byte)(Table < 256 ? Table : 0),
            rtm_protocol = Protocol,
            rtm_scope = Scope,
            rtm_type = (byte)Type,
            rtm_flags = Flags,
        };
        return RequestBuilder.Build(type, flags, header, WriteAttributes);
    }

    private static ValueList<OwnedAttribute> OwnedAttributes(AttributeReader<HostEndian> reader)
    {
        List<OwnedAttribute> result = [];
        foreach (var attribute in reader)
            result.Add(attribute.ToOwned());
        return [.. result];
    }

    private Prefix? ToPrefix(IPAddress? address, byte length) =>
        address is null && length == 0 ? null : new Prefix(address ?? IPAddressBytes.Any(Family), length);

    private void WriteAttributes(AttributeWriter<HostEndian> attributes)
    {
        if (Table > byte.MaxValue)
            attributes.Write(RTA.RTA_TABLE, Table);
        attributes.Write(RTA.RTA_DST, Destination?.Address);
        attributes.Write(RTA.RTA_SRC, Source?.Address);
        attributes.Write(RTA.RTA_GATEWAY, Gateway);
        attributes.Write(RTA.RTA_PREFSRC, PreferredSource);
        Via?.Write(attributes);
        if (InputIndex is { } input)
            attributes.Write(RTA.RTA_IIF, input);
        if (OutputIndex is { } output)
            attributes.Write(RTA.RTA_OIF, output);
        if (Priority is { } priority)
            attributes.Write(RTA.RTA_PRIORITY, priority);
        if (Flow is { } flow)
            attributes.Write(RTA.RTA_FLOW, flow);
        if (Mark is { } mark)
            attributes.Write(RTA.RTA_MARK, mark);
        if (Preference is { } preference)
            attributes.Write(RTA.RTA_PREF, preference);
        if (Expires is { } expires)
            attributes.Write(RTA.RTA_EXPIRES, expires);
        if (NextHopId is { } nextHop)
            attributes.Write(RTA.RTA_NH_ID, nextHop);
        if (EncapsulationType is { } encapsulationType)
            attributes.Write(RTA.RTA_ENCAP_TYPE, encapsulationType);
        if (Encapsulation is { } encapsulation)
            attributes.Write(encapsulation);
        WriteMetrics(attributes);
        if (NextHops.Count > 0)
            Multipath.Write(attributes, NextHops);
        foreach (var attribute in Other)
            attributes.Write(attribute);
    }

    private void WriteMetrics(AttributeWriter<HostEndian> attributes)
    {
        if (Metrics.Count == 0)
            return;
        using (attributes.NestUnflagged(RTA.RTA_METRICS))
        {
            foreach (var metric in Metrics)
                attributes.Write(metric);
        }
    }
}
