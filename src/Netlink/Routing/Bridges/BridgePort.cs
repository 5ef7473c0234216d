using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Bridges;

/// <summary>Settings of a bridge's port (IFLA_BRPORT_* of linux/if_link.h); null leaves a setting as it is.</summary>
public sealed record BridgePort
{
    /// <summary>Makes empty settings, to be filled by an initializer.</summary>
    public BridgePort()
    {
    }

    private BridgePort(AttributeReader<HostEndian> attributes)
    {
        List<OwnedAttribute> other = [];
        foreach (var attribute in attributes)
        {
            switch ((IFLA_BRPORT)attribute.Type)
            {
                case IFLA_BRPORT.IFLA_BRPORT_STATE:
                    State = attribute.AsByte();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_PRIORITY:
                    Priority = attribute.AsUInt16();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_COST:
                    Cost = attribute.AsUInt32();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_MODE:
                    Hairpin = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_GUARD:
                    Guard = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_PROTECT:
                    RootBlock = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE:
                    FastLeave = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_LEARNING:
                    Learning = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD:
                    UnicastFlood = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD:
                    MulticastFlood = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD:
                    BroadcastFlood = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST:
                    MulticastToUnicast = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER:
                    MulticastRouter = attribute.AsByte();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_PROXYARP:
                    ProxyArp = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI:
                    ProxyArpWifi = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL:
                    VlanTunnel = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK:
                    GroupForwardMask = attribute.AsUInt16();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS:
                    NeighbourSuppression = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_ISOLATED:
                    Isolated = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_LOCKED:
                    Locked = attribute.AsBoolean();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_BACKUP_PORT:
                    BackupPort = attribute.AsUInt32();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT:
                    MulticastHostsLimit = attribute.AsUInt32();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_ROOT_ID:
                    RootId = attribute.As<ifla_bridge_id>();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_BRIDGE_ID:
                    BridgeId = attribute.As<ifla_bridge_id>();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_PORT:
                    DesignatedPort = attribute.AsUInt16();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_DESIGNATED_COST:
                    DesignatedCost = attribute.AsUInt16();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_ID:
                    Id = attribute.AsUInt16();
                    break;
                case IFLA_BRPORT.IFLA_BRPORT_NO:
                    Number = attribute.AsUInt16();
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        Other = [.. other];
    }

    /// <summary>BR_STATE_*: 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking. Refused while the kernel runs the spanning tree protocol.</summary>
    public byte? State { get; init; }

    /// <summary>Priority of the port, 0 to 63.</summary>
    public ushort? Priority { get; init; }

    /// <summary>Path cost, 1 to 65535.</summary>
    public uint? Cost { get; init; }

    /// <summary>Packets may leave by the port they came in by.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>Spanning tree packets are dropped.</summary>
    public bool? Guard { get; init; }

    /// <summary>The port never becomes the root port.</summary>
    public bool? RootBlock { get; init; }

    /// <summary>A leave ends multicast at once.</summary>
    public bool? FastLeave { get; init; }

    /// <summary>Addresses are learned.</summary>
    public bool? Learning { get; init; }

    /// <summary>Packets to unknown addresses leave by it.</summary>
    public bool? UnicastFlood { get; init; }

    /// <summary>Multicast without members leaves by it.</summary>
    public bool? MulticastFlood { get; init; }

    /// <summary>Broadcast leaves by it.</summary>
    public bool? BroadcastFlood { get; init; }

    /// <summary>Multicast is sent to each member.</summary>
    public bool? MulticastToUnicast { get; init; }

    /// <summary>Whether a multicast router is behind it: 0 no, 1 learned, 2 always, 3 for a time.</summary>
    public byte? MulticastRouter { get; init; }

    /// <summary>The bridge answers ARP.</summary>
    public bool? ProxyArp { get; init; }

    /// <summary>The bridge answers ARP, as IEEE 802.11 wants it.</summary>
    public bool? ProxyArpWifi { get; init; }

    /// <summary>VLANs map to tunnels.</summary>
    public bool? VlanTunnel { get; init; }

    /// <summary>Which link-local groups are forwarded.</summary>
    public ushort? GroupForwardMask { get; init; }

    /// <summary>The bridge answers ARP and ND for what it knows.</summary>
    public bool? NeighbourSuppression { get; init; }

    /// <summary>Nothing passes between isolated ports.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Only known senders may use it.</summary>
    public bool? Locked { get; init; }

    /// <summary>The index of the link that takes over.</summary>
    public uint? BackupPort { get; init; }

    /// <summary>Largest number of tracked hosts.</summary>
    public uint? MulticastHostsLimit { get; init; }

    /// <summary>The root of the tree. The kernel's to say, never written.</summary>
    public ifla_bridge_id? RootId { get; init; }

    /// <summary>The designated bridge. The kernel's to say, never written.</summary>
    public ifla_bridge_id? BridgeId { get; init; }

    /// <summary>The designated port. The kernel's to say, never written.</summary>
    public ushort? DesignatedPort { get; init; }

    /// <summary>The designated cost. The kernel's to say, never written.</summary>
    public ushort? DesignatedCost { get; init; }

    /// <summary>Id of the port, with its priority. The kernel's to say, never written.</summary>
    public ushort? Id { get; init; }

    /// <summary>Number of the port in its bridge. The kernel's to say, never written.</summary>
    public ushort? Number { get; init; }

    /// <summary>Attributes that this library does not know; not written, since the kernel's own counters are among them.</summary>
    public ValueList<OwnedAttribute> Other { get; init; } = [];

    /// <summary>Reads the content of IFLA_INFO_SLAVE_DATA or IFLA_PROTINFO of a port.</summary>
    /// <exception cref="Errors.NetlinkProtocolException">They are malformed.</exception>
    public static BridgePort Parse(ReadOnlySpan<byte> attributes) => new(new AttributeReader<HostEndian>(attributes));

    internal void WriteAttributes(AttributeWriter<HostEndian> attributes)
    {
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_STATE, State);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_PRIORITY, Priority);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_COST, Cost);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_MODE, Hairpin);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_GUARD, Guard);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_PROTECT, RootBlock);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_FAST_LEAVE, FastLeave);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_LEARNING, Learning);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_UNICAST_FLOOD, UnicastFlood);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_MCAST_FLOOD, MulticastFlood);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_BCAST_FLOOD, BroadcastFlood);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_MCAST_TO_UCAST, MulticastToUnicast);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_MULTICAST_ROUTER, MulticastRouter);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_PROXYARP, ProxyArp);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_PROXYARP_WIFI, ProxyArpWifi);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_VLAN_TUNNEL, VlanTunnel);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_GROUP_FWD_MASK, GroupForwardMask);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_NEIGH_SUPPRESS, NeighbourSuppression);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_ISOLATED, Isolated);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_LOCKED, Locked);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_BACKUP_PORT, BackupPort);
        attributes.WriteOptional(IFLA_BRPORT.IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, MulticastHostsLimit);
    }
}
