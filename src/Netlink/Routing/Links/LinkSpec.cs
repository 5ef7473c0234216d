using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Links;

/// <summary>A link to be made, or what is to be changed of one: null leaves it to the kernel.</summary>
public sealed record LinkSpec
{
    /// <summary>The name, at most 15 bytes; with <c>%d</c> in it the kernel chooses a number.</summary>
    public string? Name { get; init; }

    /// <summary>The index, which must be free.</summary>
    public int? Index { get; init; }

    /// <summary>The hardware address.</summary>
    public HardwareAddress? Address { get; init; }

    /// <summary>The broadcast address.</summary>
    public HardwareAddress? Broadcast { get; init; }

    /// <summary>The MTU, in bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The index of the bridge, bond or VRF it is to belong to; 0 takes it out of the one it is in.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>IFLA_LINK: the index of the link below a VLAN or macvlan.</summary>
    public int? LowerIndex { get; init; }

    /// <summary>IFLA_LINK_NETNSID: the namespace that <see cref="LowerIndex"/> counts in.</summary>
    public int? LowerNamespaceId { get; init; }

    /// <summary>Length of the transmit queue, in packets.</summary>
    public uint? TxQueueLength { get; init; }

    /// <summary>Transmit queues; only when it is made.</summary>
    public uint? TxQueues { get; init; }

    /// <summary>Receive queues; only when it is made.</summary>
    public uint? RxQueues { get; init; }

    /// <summary>IFLA_GSO_MAX_SIZE, in bytes.</summary>
    public uint? GsoMaxSize { get; init; }

    /// <summary>IFLA_GSO_MAX_SEGS.</summary>
    public uint? GsoMaxSegments { get; init; }

    /// <summary>IFLA_GRO_MAX_SIZE, in bytes.</summary>
    public uint? GroMaxSize { get; init; }

    /// <summary>The group.</summary>
    public uint? Group { get; init; }

    /// <summary>A description, of links that exist; the empty text removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>The network namespace it is to be in.</summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <summary>Flags to be set.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>Flags to be cleared.</summary>
    public LinkFlags ClearedFlags { get; init; }

    /// <summary>Attributes to be written as they are.</summary>
    public ValueList<OwnedAttribute> Other { get; init; } = [];

    internal ifinfomsg Header(int index = 0) => new()
    {
        ifi_index = index == 0 ? Index ?? 0 : index,
        ifi_flags = (uint)Flags,
        ifi_change = (uint)(Flags | ClearedFlags),
    };

    internal void WriteAttributes(AttributeWriter<HostEndian> attributes)
    {
        if (Name is { } name)
            attributes.Write(IFLA.IFLA_IFNAME, name);
        if (Address is { } address)
            attributes.Write(IFLA.IFLA_ADDRESS, address.Bytes);
        if (Broadcast is { } broadcast)
            attributes.Write(IFLA.IFLA_BROADCAST, broadcast.Bytes);
        if (Alias is { } alias)
            attributes.Write(IFLA.IFLA_IFALIAS, alias);
        WriteNumber(attributes, IFLA.IFLA_MTU, Mtu);
        WriteNumber(attributes, IFLA.IFLA_MASTER, (uint?)MasterIndex);
        WriteNumber(attributes, IFLA.IFLA_LINK, (uint?)LowerIndex);
        WriteNumber(attributes, IFLA.IFLA_LINK_NETNSID, (uint?)LowerNamespaceId);
        WriteNumber(attributes, IFLA.IFLA_TXQLEN, TxQueueLength);
        WriteNumber(attributes, IFLA.IFLA_NUM_TX_QUEUES, TxQueues);
        WriteNumber(attributes, IFLA.IFLA_NUM_RX_QUEUES, RxQueues);
        WriteNumber(attributes, IFLA.IFLA_GSO_MAX_SIZE, GsoMaxSize);
        WriteNumber(attributes, IFLA.IFLA_GSO_MAX_SEGS, GsoMaxSegments);
        WriteNumber(attributes, IFLA.IFLA_GRO_MAX_SIZE, GroMaxSize);
        WriteNumber(attributes, IFLA.IFLA_GROUP, Group);
        Namespace?.WriteAsTarget(attributes);
        foreach (var attribute in Other)
            attributes.Write(attribute);
    }

    private static void WriteNumber(AttributeWriter<HostEndian> attributes, IFLA type, uint? value)
    {
        if (value is { } number)
            attributes.Write(type, number);
    }
}
