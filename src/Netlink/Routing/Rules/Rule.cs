using System.Net;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Rules;

/// <summary>A policy rule (RTM_NEWRULE). Reading and writing again keeps every attribute.</summary>
/// <remarks><code>
///  0       1       2       3       4       5       6       7       8
/// +-------+-------+-------+-------+-------+-------+-------+-------+
/// |family |dst len|src len|  tos  | table |   -   |   -   |action |
/// +-------+-------+-------+-------+-------+-------+-------+-------+
/// |             flags             |                                   struct fib_rule_hdr
/// +-------------------------------+
/// </code></remarks>
public sealed record Rule
{
    /// <summary>Makes an empty rule, to be filled by an initializer.</summary>
    public Rule()
    {
    }

    private Rule(Message message)
    {
        var header = message.FixedHeader<fib_rule_hdr>();
        Family = (AddressFamily)header.family;
        Tos = header.tos;
        Table = header.table;
        Action = (RuleAction)header.action;
        Flags = header.flags;
        List<OwnedAttribute> other = [];
        IPAddress? destination = null, source = null;
        foreach (var attribute in message.Attributes(12))
        {
            switch ((FRA)attribute.Type)
            {
                case FRA.FRA_DST:
                    destination = attribute.AsIPAddress();
                    break;
                case FRA.FRA_SRC:
                    source = attribute.AsIPAddress();
                    break;
                case FRA.FRA_IIFNAME:
                    InputName = attribute.AsString();
                    break;
                case FRA.FRA_OIFNAME:
                    OutputName = attribute.AsString();
                    break;
                case FRA.FRA_GOTO:
                    Goto = attribute.AsUInt32();
                    break;
                case FRA.FRA_PRIORITY:
                    Priority = attribute.AsUInt32();
                    break;
                case FRA.FRA_FWMARK:
                    Mark = attribute.AsUInt32();
                    break;
                case FRA.FRA_FWMASK:
                    Mask = attribute.AsUInt32();
                    break;
                case FRA.FRA_FLOW:
                    Flow = attribute.AsUInt32();
                    break;
                case FRA.FRA_TUN_ID:
                    // The one number of this family in network byte order.
                    TunnelId = BigEndian.Convert(attribute.AsUInt64());
                    break;
                case FRA.FRA_SUPPRESS_IFGROUP:
                    SuppressGroup = attribute.AsInt32();
                    break;
                case FRA.FRA_SUPPRESS_PREFIXLEN:
                    SuppressPrefixLength = attribute.AsInt32();
                    break;
                case FRA.FRA_TABLE:
                    Table = attribute.AsUInt32();
                    break;
                case FRA.FRA_L3MDEV:
                    IsL3Master = attribute.AsByte() != 0;
                    break;
                case FRA.FRA_PROTOCOL:
                    Protocol = attribute.AsByte();
                    break;
                case FRA.FRA_IP_PROTO:
                    IPProtocol = attribute.AsByte();
                    break;
                case FRA.FRA_UID_RANGE:
                    var users = attribute.As<fib_rule_uid_range>();
                    UserIds = new ValueRange(users.start, users.end);
                    break;
                case FRA.FRA_SPORT_RANGE:
                    SourcePorts = Ports(attribute);
                    break;
                case FRA.FRA_DPORT_RANGE:
                    DestinationPorts = Ports(attribute);
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        Destination = ToPrefix(destination, header.dst_len);
        Source = ToPrefix(source, header.src_len);
        Other = [.. other];
    }

    /// <summary>The address family.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.IPv4;

    /// <summary>FRA_DST: packets to; null for all.</summary>
    public Prefix? Destination { get; init; }

    /// <summary>FRA_SRC: packets from; null for all.</summary>
    public Prefix? Source { get; init; }

    /// <summary>Type of service.</summary>
    public byte Tos { get; init; }

    /// <summary>FRA_TABLE.</summary>
    public uint Table { get; init; }

    /// <summary>What it does.</summary>
    public RuleAction Action { get; init; } = RuleAction.ToTable;

    /// <summary>FIB_RULE_*: 2 inverts the rule.</summary>
    public uint Flags { get; init; }

    /// <summary>FRA_PRIORITY: lower comes first.</summary>
    public uint? Priority { get; init; }

    /// <summary>FRA_IIFNAME: packets that came in by a link.</summary>
    public string? InputName { get; init; }

    /// <summary>FRA_OIFNAME: packets of sockets bound to a link.</summary>
    public string? OutputName { get; init; }

    /// <summary>FRA_GOTO: the priority to go on at.</summary>
    public uint? Goto { get; init; }

    /// <summary>FRA_FWMARK.</summary>
    public uint? Mark { get; init; }

    /// <summary>FRA_FWMASK.</summary>
    public uint? Mask { get; init; }

    /// <summary>FRA_FLOW: realms.</summary>
    public uint? Flow { get; init; }

    /// <summary>FRA_TUN_ID.</summary>
    public ulong? TunnelId { get; init; }

    /// <summary>FRA_SUPPRESS_IFGROUP; -1 for none.</summary>
    public int? SuppressGroup { get; init; }

    /// <summary>FRA_SUPPRESS_PREFIXLEN; -1 for none.</summary>
    public int? SuppressPrefixLength { get; init; }

    /// <summary>FRA_L3MDEV: the table is that of the link's VRF.</summary>
    public bool IsL3Master { get; init; }

    /// <summary>FRA_PROTOCOL: who made it.</summary>
    public byte? Protocol { get; init; }

    /// <summary>FRA_IP_PROTO: packets of a protocol.</summary>
    public byte? IPProtocol { get; init; }

    /// <summary>FRA_UID_RANGE.</summary>
    public ValueRange? UserIds { get; init; }

    /// <summary>FRA_SPORT_RANGE.</summary>
    public ValueRange? SourcePorts { get; init; }

    /// <summary>FRA_DPORT_RANGE.</summary>
    public ValueRange? DestinationPorts { get; init; }

    /// <summary>Attributes that this library does not know.</summary>
    public ValueList<OwnedAttribute> Other { get; init; } = [];

    /// <summary>Reads an RTM_NEWRULE or RTM_DELRULE.</summary>
    /// <exception cref="Errors.NetlinkProtocolException">It is malformed.</exception>
    public static Rule Parse(Message message) => new(message);

    internal MessageBuffer ToRequest(RTM type, MessageFlags flags)
    {
        fib_rule_hdr header = new()
        {
            family = (byte)Family,
            dst_len = Destination?.Length ?? 0,
            src_len = Source?.Length ?? 0,
            tos = Tos,
            table = (byte)(Table < 256 ? Table : 0),
            action = (byte)Action,
            flags = Flags,
        };
        return RequestBuilder.Build(type, flags, header, WriteAttributes);
    }

    private static ValueRange Ports(Attribute<HostEndian> attribute)
    {
        var range = attribute.As<fib_rule_port_range>();
        return new ValueRange(range.start, range.end);
    }

    private static fib_rule_port_range Ports(ValueRange range) => new() { start = checked((ushort)range.Start), end = checked((ushort)range.End) };

    private Prefix? ToPrefix(IPAddress? address, byte length) =>
        address is null && length == 0 ? null : new Prefix(address ?? IPAddressBytes.Any(Family), length);

    private void WriteAttributes(AttributeWriter<HostEndian> attributes)
    {
        attributes.Write(FRA.FRA_DST, Destination?.Address);
        attributes.Write(FRA.FRA_SRC, Source?.Address);
        if (InputName is { } input)
            attributes.Write(FRA.FRA_IIFNAME, input);
        if (OutputName is { } output)
            attributes.Write(FRA.FRA_OIFNAME, output);
        if (Goto is { } target)
            attributes.Write(FRA.FRA_GOTO, target);
        if (Priority is { } priority)
            attributes.Write(FRA.FRA_PRIORITY, priority);
        if (Mark is { } mark)
            attributes.Write(FRA.FRA_FWMARK, mark);
        if (Mask is { } mask)
            attributes.Write(FRA.FRA_FWMASK, mask);
        if (Flow is { } flow)
            attributes.Write(FRA.FRA_FLOW, flow);
        if (TunnelId is { } tunnel)
            attributes.Write(FRA.FRA_TUN_ID, BigEndian.Convert(tunnel));
        if (SuppressGroup is { } group)
            attributes.Write(FRA.FRA_SUPPRESS_IFGROUP, group);
        if (SuppressPrefixLength is { } length)
            attributes.Write(FRA.FRA_SUPPRESS_PREFIXLEN, length);
        if (Table > byte.MaxValue)
            attributes.Write(FRA.FRA_TABLE, Table);
        if (IsL3Master)
            attributes.Write(FRA.FRA_L3MDEV, (byte)1);
        if (Protocol is { } protocol)
            attributes.Write(FRA.FRA_PROTOCOL, protocol);
        if (IPProtocol is { } transport)
            attributes.Write(FRA.FRA_IP_PROTO, transport);
        if (UserIds is { } users)
            attributes.WriteStruct(FRA.FRA_UID_RANGE, new fib_rule_uid_range { start = users.Start, end = users.End });
        if (SourcePorts is { } sources)
            attributes.WriteStruct(FRA.FRA_SPORT_RANGE, Ports(sources));
        if (DestinationPorts is { } destinations)
            attributes.WriteStruct(FRA.FRA_DPORT_RANGE, Ports(destinations));
        foreach (var attribute in Other)
            attributes.Write(attribute);
    }
}
