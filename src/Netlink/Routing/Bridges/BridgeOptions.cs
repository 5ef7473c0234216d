using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Bridges;

/// <summary>Settings of a bridge (IFLA_BR_* of linux/if_link.h); null leaves a setting as it is.</summary>
public sealed record BridgeOptions
{
    /// <summary>Makes empty settings, to be filled by an initializer.</summary>
    public BridgeOptions()
    {
    }

    private BridgeOptions(AttributeReader<HostEndian> attributes)
    {
        List<OwnedAttribute> other = [];
        foreach (var attribute in attributes)
        {
            switch ((IFLA_BR)attribute.Type)
            {
                case IFLA_BR.IFLA_BR_STP_STATE:
                    StpState = attribute.AsUInt32();
                    break;
                case IFLA_BR.IFLA_BR_FORWARD_DELAY:
                    ForwardDelay = attribute.AsTime();
                    break;
                case IFLA_BR.IFLA_BR_HELLO_TIME:
                    HelloTime = attribute.AsTime();
                    break;
                case IFLA_BR.IFLA_BR_MAX_AGE:
                    MaxAge = attribute.AsTime();
                    break;
                case IFLA_BR.IFLA_BR_AGEING_TIME:
                    AgeingTime = attribute.AsTime();
                    break;
                case IFLA_BR.IFLA_BR_PRIORITY:
                    Priority = attribute.AsUInt16();
                    break;
                case IFLA_BR.IFLA_BR_VLAN_FILTERING:
                    VlanFiltering = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_VLAN_PROTOCOL:
                    VlanProtocol = BigEndian.Convert(attribute.AsUInt16());
                    break;
                case IFLA_BR.IFLA_BR_VLAN_DEFAULT_PVID:
                    VlanDefaultPvid = attribute.AsUInt16();
                    break;
                case IFLA_BR.IFLA_BR_VLAN_STATS_ENABLED:
                    VlanStatistics = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_GROUP_FWD_MASK:
                    GroupForwardMask = attribute.AsUInt16();
                    break;
                case IFLA_BR.IFLA_BR_GROUP_ADDR:
                    GroupAddress = new HardwareAddress(attribute.Value);
                    break;
                case IFLA_BR.IFLA_BR_MCAST_ROUTER:
                    MulticastRouter = attribute.AsByte();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_SNOOPING:
                    MulticastSnooping = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_QUERY_USE_IFADDR:
                    MulticastQueryUsesAddress = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_QUERIER:
                    MulticastQuerier = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_HASH_ELASTICITY:
                    MulticastHashElasticity = attribute.AsUInt32();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_HASH_MAX:
                    MulticastHashMax = attribute.AsUInt32();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_CNT:
                    MulticastLastMemberCount = attribute.AsUInt32();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_CNT:
                    MulticastStartupQueryCount = attribute.AsUInt32();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_INTVL:
                    MulticastLastMemberInterval = attribute.AsTime64();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_MEMBERSHIP_INTVL:
                    MulticastMembershipInterval = attribute.AsTime64();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_QUERIER_INTVL:
                    MulticastQuerierInterval = attribute.AsTime64();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_QUERY_INTVL:
                    MulticastQueryInterval = attribute.AsTime64();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_QUERY_RESPONSE_INTVL:
                    MulticastQueryResponseInterval = attribute.AsTime64();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_INTVL:
                    MulticastStartupQueryInterval = attribute.AsTime64();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_STATS_ENABLED:
                    MulticastStatistics = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_IGMP_VERSION:
                    IgmpVersion = attribute.AsByte();
                    break;
                case IFLA_BR.IFLA_BR_MCAST_MLD_VERSION:
                    MldVersion = attribute.AsByte();
                    break;
                case IFLA_BR.IFLA_BR_NF_CALL_IPTABLES:
                    CallIptables = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_NF_CALL_IP6TABLES:
                    CallIp6tables = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_NF_CALL_ARPTABLES:
                    CallArptables = attribute.AsBoolean();
                    break;
                case IFLA_BR.IFLA_BR_ROOT_ID:
                    RootId = attribute.As<ifla_bridge_id>();
                    break;
                case IFLA_BR.IFLA_BR_BRIDGE_ID:
                    BridgeId = attribute.As<ifla_bridge_id>();
                    break;
                case IFLA_BR.IFLA_BR_ROOT_PORT:
                    RootPort = attribute.AsUInt16();
                    break;
                case IFLA_BR.IFLA_BR_ROOT_PATH_COST:
                    RootPathCost = attribute.AsUInt32();
                    break;
                default:
                    other.Add(attribute.ToOwned());
                    break;
            }
        }

        Other = [.. other];
    }

    /// <summary>Spanning tree protocol: 0 off, 1 in the kernel, 2 in user space.</summary>
    public uint? StpState { get; init; }

    /// <summary>How long a port listens and learns.</summary>
    public TimeSpan? ForwardDelay { get; init; }

    /// <summary>Between hello packets.</summary>
    public TimeSpan? HelloTime { get; init; }

    /// <summary>How long a hello packet counts.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>How long a learned address counts.</summary>
    public TimeSpan? AgeingTime { get; init; }

    /// <summary>Priority of the bridge; lower becomes root.</summary>
    public ushort? Priority { get; init; }

    /// <summary>Whether VLANs are told apart.</summary>
    public bool? VlanFiltering { get; init; }

    /// <summary>0x8100 or 0x88a8.</summary>
    public ushort? VlanProtocol { get; init; }

    /// <summary>VLAN of new ports; 0 for none.</summary>
    public ushort? VlanDefaultPvid { get; init; }

    /// <summary>Counters of each VLAN.</summary>
    public bool? VlanStatistics { get; init; }

    /// <summary>Which link-local groups are forwarded.</summary>
    public ushort? GroupForwardMask { get; init; }

    /// <summary>Destination of spanning tree packets.</summary>
    public HardwareAddress? GroupAddress { get; init; }

    /// <summary>Whether multicast routers are behind the bridge: 0 no, 1 learned, 2 always.</summary>
    public byte? MulticastRouter { get; init; }

    /// <summary>IGMP and MLD snooping.</summary>
    public bool? MulticastSnooping { get; init; }

    /// <summary>Queries carry the address of the bridge.</summary>
    public bool? MulticastQueryUsesAddress { get; init; }

    /// <summary>Whether the bridge sends queries.</summary>
    public bool? MulticastQuerier { get; init; }

    /// <summary>Without effect since Linux 5.0.</summary>
    public uint? MulticastHashElasticity { get; init; }

    /// <summary>Largest number of groups.</summary>
    public uint? MulticastHashMax { get; init; }

    /// <summary>Queries after a leave.</summary>
    public uint? MulticastLastMemberCount { get; init; }

    /// <summary>Queries at startup.</summary>
    public uint? MulticastStartupQueryCount { get; init; }

    /// <summary>Between queries after a leave.</summary>
    public TimeSpan? MulticastLastMemberInterval { get; init; }

    /// <summary>How long a membership counts.</summary>
    public TimeSpan? MulticastMembershipInterval { get; init; }

    /// <summary>How long another querier counts.</summary>
    public TimeSpan? MulticastQuerierInterval { get; init; }

    /// <summary>Between queries.</summary>
    public TimeSpan? MulticastQueryInterval { get; init; }

    /// <summary>How long answers may take.</summary>
    public TimeSpan? MulticastQueryResponseInterval { get; init; }

    /// <summary>Between queries at startup.</summary>
    public TimeSpan? MulticastStartupQueryInterval { get; init; }

    /// <summary>Counters of multicast.</summary>
    public bool? MulticastStatistics { get; init; }

    /// <summary>2 or 3.</summary>
    public byte? IgmpVersion { get; init; }

    /// <summary>1 or 2.</summary>
    public byte? MldVersion { get; init; }

    /// <summary>Whether packets pass iptables.</summary>
    public bool? CallIptables { get; init; }

    /// <summary>Whether packets pass ip6tables.</summary>
    public bool? CallIp6tables { get; init; }

    /// <summary>Whether packets pass arptables.</summary>
    public bool? CallArptables { get; init; }

    /// <summary>The root of the tree. The kernel's to say, never written.</summary>
    public ifla_bridge_id? RootId { get; init; }

    /// <summary>This bridge. The kernel's to say, never written.</summary>
    public ifla_bridge_id? BridgeId { get; init; }

    /// <summary>The port towards the root. The kernel's to say, never written.</summary>
    public ushort? RootPort { get; init; }

    /// <summary>The cost of the way to the root. The kernel's to say, never written.</summary>
    public uint? RootPathCost { get; init; }

    /// <summary>Attributes that this library does not know; not written, since the kernel's own counters are among them.</summary>
    public ValueList<OwnedAttribute> Other { get; init; } = [];

    /// <summary>Reads the content of IFLA_INFO_DATA of a bridge.</summary>
    /// <exception cref="Errors.NetlinkProtocolException">They are malformed.</exception>
    public static BridgeOptions Parse(ReadOnlySpan<byte> attributes) => new(new AttributeReader<HostEndian>(attributes));

    internal void WriteAttributes(AttributeWriter<HostEndian> attributes)
    {
        attributes.WriteOptional(IFLA_BR.IFLA_BR_STP_STATE, StpState);
        attributes.WriteOptionalTime(IFLA_BR.IFLA_BR_FORWARD_DELAY, ForwardDelay);
        attributes.WriteOptionalTime(IFLA_BR.IFLA_BR_HELLO_TIME, HelloTime);
        attributes.WriteOptionalTime(IFLA_BR.IFLA_BR_MAX_AGE, MaxAge);
        attributes.WriteOptionalTime(IFLA_BR.IFLA_BR_AGEING_TIME, AgeingTime);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_PRIORITY, Priority);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_VLAN_FILTERING, VlanFiltering);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_VLAN_PROTOCOL, VlanProtocol is { } vlanProtocol ? BigEndian.Convert(vlanProtocol) : null);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_VLAN_DEFAULT_PVID, VlanDefaultPvid);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_VLAN_STATS_ENABLED, VlanStatistics);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_GROUP_FWD_MASK, GroupForwardMask);
        if (GroupAddress is { } address)
            attributes.Write(IFLA_BR.IFLA_BR_GROUP_ADDR, address.Bytes);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_ROUTER, MulticastRouter);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_SNOOPING, MulticastSnooping);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_QUERY_USE_IFADDR, MulticastQueryUsesAddress);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_QUERIER, MulticastQuerier);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_HASH_ELASTICITY, MulticastHashElasticity);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_HASH_MAX, MulticastHashMax);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_CNT, MulticastLastMemberCount);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_CNT, MulticastStartupQueryCount);
        attributes.WriteOptionalTime64(IFLA_BR.IFLA_BR_MCAST_LAST_MEMBER_INTVL, MulticastLastMemberInterval);
        attributes.WriteOptionalTime64(IFLA_BR.IFLA_BR_MCAST_MEMBERSHIP_INTVL, MulticastMembershipInterval);
        attributes.WriteOptionalTime64(IFLA_BR.IFLA_BR_MCAST_QUERIER_INTVL, MulticastQuerierInterval);
        attributes.WriteOptionalTime64(IFLA_BR.IFLA_BR_MCAST_QUERY_INTVL, MulticastQueryInterval);
        attributes.WriteOptionalTime64(IFLA_BR.IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, MulticastQueryResponseInterval);
        attributes.WriteOptionalTime64(IFLA_BR.IFLA_BR_MCAST_STARTUP_QUERY_INTVL, MulticastStartupQueryInterval);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_STATS_ENABLED, MulticastStatistics);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_IGMP_VERSION, IgmpVersion);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_MCAST_MLD_VERSION, MldVersion);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_NF_CALL_IPTABLES, CallIptables);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_NF_CALL_IP6TABLES, CallIp6tables);
        attributes.WriteOptional(IFLA_BR.IFLA_BR_NF_CALL_ARPTABLES, CallArptables);
    }
}
