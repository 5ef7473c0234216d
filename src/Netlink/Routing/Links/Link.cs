using LxcNative.Netlink.Routing.Bridges;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Links;

/// <summary>A link, as the kernel describes it (RTM_NEWLINK).</summary>
/// <remarks><code>
///  0       1       2               4                               8
/// +-------+-------+---------------+-------------------------------+
/// |family |   -   |     type      |          link index           |
/// +-------+-------+---------------+-------------------------------+
/// |             flags             |          change mask          |   struct ifinfomsg
/// +-------------------------------+-------------------------------+
/// </code></remarks>
public sealed record Link
{
    private Link(Message message)
    {
        var header = message.FixedHeader<ifinfomsg>();
        Family = (AddressFamily)header.ifi_family;
        Type = header.ifi_type;
        Index = header.ifi_index;
        Flags = (LinkFlags)header.ifi_flags;
        List<OwnedAttribute> other = [];
        foreach (var attribute in message.Attributes(16))
        {
            if (!TryTake(attribute))
                other.Add(attribute.ToOwned());
        }

        Other = [.. other];
    }

    /// <summary>AF_UNSPEC, or <see cref="AddressFamily.Bridge"/> where a bridge speaks of its port.</summary>
    public AddressFamily Family { get; }

    /// <summary>ARPHRD_*: 1 is Ethernet, 772 loopback.</summary>
    public ushort Type { get; }

    /// <summary>The index, unique in its network namespace.</summary>
    public int Index { get; }

    /// <summary>IFF_*.</summary>
    public LinkFlags Flags { get; }

    /// <summary>IFLA_IFNAME.</summary>
    public string Name { get; private set; } = "";

    /// <summary>IFLA_ALT_IFNAME: other names.</summary>
    public ValueList<string> AlternativeNames { get; private set; } = [];

    /// <summary>IFLA_IFALIAS: a description.</summary>
    public string? Alias { get; private set; }

    /// <summary>IFLA_MTU, in bytes.</summary>
    public uint Mtu { get; private set; }

    /// <summary>IFLA_MIN_MTU.</summary>
    public uint? MinMtu { get; private set; }

    /// <summary>IFLA_MAX_MTU; 0 for no limit.</summary>
    public uint? MaxMtu { get; private set; }

    /// <summary>IFLA_ADDRESS: the hardware address.</summary>
    public HardwareAddress Address { get; private set; }

    /// <summary>IFLA_BROADCAST.</summary>
    public HardwareAddress Broadcast { get; private set; }

    /// <summary>IFLA_PERM_ADDRESS: the address the hardware came with.</summary>
    public HardwareAddress? PermanentAddress { get; private set; }

    /// <summary>IFLA_MASTER: the index of the bridge, bond or VRF it belongs to.</summary>
    public int? MasterIndex { get; private set; }

    /// <summary>IFLA_LINK: the index of a veth's peer, or of the link below a VLAN or macvlan; in the namespace of <see cref="LinkNamespaceId"/>.</summary>
    public int? PeerIndex { get; private set; }

    /// <summary>IFLA_LINK_NETNSID: the namespace that <see cref="PeerIndex"/> counts in; null when it is this one. -1 when that has no id here.</summary>
    public int? LinkNamespaceId { get; private set; }

    /// <summary>IFLA_NEW_NETNSID and IFLA_NEW_IFINDEX of the notification that a link moved away: where to.</summary>
    public (int? NamespaceId, int? Index) Moved { get; private set; }

    /// <summary>IFLA_TXQLEN, in packets.</summary>
    public uint TxQueueLength { get; private set; }

    /// <summary>IFLA_NUM_TX_QUEUES.</summary>
    public uint TxQueues { get; private set; }

    /// <summary>IFLA_NUM_RX_QUEUES.</summary>
    public uint RxQueues { get; private set; }

    /// <summary>IFLA_QDISC.</summary>
    public string? QueueingDiscipline { get; private set; }

    /// <summary>IFLA_GSO_MAX_SIZE, in bytes.</summary>
    public uint? GsoMaxSize { get; private set; }

    /// <summary>IFLA_GSO_MAX_SEGS.</summary>
    public uint? GsoMaxSegments { get; private set; }

    /// <summary>IFLA_GRO_MAX_SIZE, in bytes.</summary>
    public uint? GroMaxSize { get; private set; }

    /// <summary>IFLA_GROUP: for filters and common settings; 0 is the default group.</summary>
    public uint Group { get; private set; }

    /// <summary>IFLA_PROMISCUITY: how many want everything.</summary>
    public uint Promiscuity { get; private set; }

    /// <summary>IFLA_OPERSTATE.</summary>
    public OperationalState State { get; private set; }

    /// <summary>IFLA_LINKMODE: 1 is dormant.</summary>
    public byte Mode { get; private set; }

    /// <summary>IFLA_CARRIER.</summary>
    public bool HasCarrier { get; private set; }

    /// <summary>IFLA_PROTO_DOWN.</summary>
    public bool IsProtocolDown { get; private set; }

    /// <summary>IFLA_LINKINFO; null for physical links and loopback.</summary>
    public LinkInfo? Info { get; private set; }

    /// <summary>The kind: <c>veth</c>, <c>bridge</c>, <c>macvlan</c>...; null for physical links and loopback.</summary>
    public string? Kind => Info?.Kind;

    /// <summary>The kind of its master.</summary>
    public string? SlaveKind => Info?.SlaveKind;

    /// <summary>The settings of a bridge; null for other kinds.</summary>
    public BridgeOptions? Bridge { get; private set; }

    /// <summary>The settings of a bridge's port; null for other links.</summary>
    public BridgePort? BridgePort { get; private set; }

    /// <summary>IFLA_STATS64: the counters.</summary>
    public rtnl_link_stats64? Statistics { get; private set; }

    /// <summary>IFLA_AF_SPEC, as received: settings of address families.</summary>
    public OwnedAttribute? FamilySettings { get; private set; }

    /// <summary>Attributes that this library does not know.</summary>
    public ValueList<OwnedAttribute> Other { get; }

    /// <summary>Whether it is administratively up.</summary>
    public bool IsUp => Flags.HasFlag(LinkFlags.Up);

    /// <summary>Reads an RTM_NEWLINK or RTM_DELLINK.</summary>
    /// <exception cref="Errors.NetlinkProtocolException">It is malformed.</exception>
    public static Link Parse(Message message) => new(message);

    private bool TryTake(Attribute<HostEndian> attribute)
    {
        switch ((IFLA)attribute.Type)
        {
            case IFLA.IFLA_IFNAME:
                Name = attribute.AsString();
                return true;
            case IFLA.IFLA_PROP_LIST:
                return TryTakeNames(attribute.AsNest());
            case IFLA.IFLA_IFALIAS:
                Alias = attribute.AsString();
                return true;
            case IFLA.IFLA_MTU:
                Mtu = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_MIN_MTU:
                MinMtu = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_MAX_MTU:
                MaxMtu = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_ADDRESS:
                Address = new HardwareAddress(attribute.Value);
                return true;
            case IFLA.IFLA_BROADCAST:
                Broadcast = new HardwareAddress(attribute.Value);
                return true;
            case IFLA.IFLA_PERM_ADDRESS:
                PermanentAddress = new HardwareAddress(attribute.Value);
                return true;
            case IFLA.IFLA_MASTER:
                MasterIndex = attribute.AsInt32();
                return true;
            case IFLA.IFLA_LINK:
                PeerIndex = attribute.AsInt32();
                return true;
            case IFLA.IFLA_LINK_NETNSID:
                LinkNamespaceId = attribute.AsInt32();
                return true;
            case IFLA.IFLA_NEW_NETNSID:
                Moved = Moved with { NamespaceId = attribute.AsInt32() };
                return true;
            case IFLA.IFLA_NEW_IFINDEX:
                Moved = Moved with { Index = attribute.AsInt32() };
                return true;
            case IFLA.IFLA_LINKINFO:
                Info = new LinkInfo(attribute.AsNest());
                Bridge = Info is { Kind: "bridge", Data: { } data } ? BridgeOptions.Parse(data.Value) : null;
                BridgePort = Info is { SlaveKind: "bridge", SlaveData: { } port } ? BridgePort.Parse(port.Value) : BridgePort;
                return true;
            case IFLA.IFLA_PROTINFO when Family == AddressFamily.Bridge:
                BridgePort = BridgePort.Parse(attribute.Value);
                return true;
            case IFLA.IFLA_STATS64:
                Statistics = attribute.AsGrowing<rtnl_link_stats64>();
                return true;
            case IFLA.IFLA_STATS:
                // The lower halves of the same counters.
                return true;
            case IFLA.IFLA_AF_SPEC:
                FamilySettings = attribute.ToOwned();
                return true;
            default:
                return TryTakeTuning(attribute);
        }
    }

    private bool TryTakeTuning(Attribute<HostEndian> attribute)
    {
        switch ((IFLA)attribute.Type)
        {
            case IFLA.IFLA_TXQLEN:
                TxQueueLength = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_NUM_TX_QUEUES:
                TxQueues = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_NUM_RX_QUEUES:
                RxQueues = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_QDISC:
                QueueingDiscipline = attribute.AsString();
                return true;
            case IFLA.IFLA_GSO_MAX_SIZE:
                GsoMaxSize = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_GSO_MAX_SEGS:
                GsoMaxSegments = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_GRO_MAX_SIZE:
                GroMaxSize = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_GROUP:
                Group = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_PROMISCUITY:
                Promiscuity = attribute.AsUInt32();
                return true;
            case IFLA.IFLA_OPERSTATE:
                State = (OperationalState)attribute.AsByte();
                return true;
            case IFLA.IFLA_LINKMODE:
                Mode = attribute.AsByte();
                return true;
            case IFLA.IFLA_CARRIER:
                HasCarrier = attribute.AsByte() != 0;
                return true;
            case IFLA.IFLA_PROTO_DOWN:
                IsProtocolDown = attribute.AsByte() != 0;
                return true;
            default:
                return false;
        }
    }

    private bool TryTakeNames(AttributeReader<HostEndian> properties)
    {
        List<string> names = [];
        foreach (var property in properties)
        {
            if ((IFLA)property.Type != IFLA.IFLA_ALT_IFNAME)
                return false;
            names.Add(property.AsString());
        }

        AlternativeNames = [.. names];
        return true;
    }
}
