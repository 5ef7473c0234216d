using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Bridges;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The settings that a host end had as a port of its bridge (IFLA_BRPORT_*); null where the kernel did not tell.</summary>
internal sealed record BridgePortRecord
{
    /// <summary>The host end's name.</summary>
    public required string Device { get; init; }

    /// <summary>Spanning tree priority.</summary>
    public ushort? Priority { get; init; }

    /// <summary>Spanning tree path cost.</summary>
    public uint? Cost { get; init; }

    /// <summary>Frames may leave by the port they came in by.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>Spanning tree frames are dropped.</summary>
    public bool? Guard { get; init; }

    /// <summary>The port may not become the root port.</summary>
    public bool? RootBlock { get; init; }

    /// <summary>Multicast groups are left at once.</summary>
    public bool? FastLeave { get; init; }

    /// <summary>Source addresses are learnt.</summary>
    public bool? Learning { get; init; }

    /// <summary>Unknown unicast is flooded to it.</summary>
    public bool? UnicastFlood { get; init; }

    /// <summary>Multicast is flooded to it.</summary>
    public bool? MulticastFlood { get; init; }

    /// <summary>Broadcast is flooded to it.</summary>
    public bool? BroadcastFlood { get; init; }

    /// <summary>Multicast is sent as unicast to each member.</summary>
    public bool? MulticastToUnicast { get; init; }

    /// <summary>Whether a multicast router is behind it.</summary>
    public byte? MulticastRouter { get; init; }

    /// <summary>ARP is answered for others.</summary>
    public bool? ProxyArp { get; init; }

    /// <summary>Neighbour requests are answered by the bridge.</summary>
    public bool? NeighbourSuppression { get; init; }

    /// <summary>It may talk to ports that are not isolated only.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Unknown sources are dropped.</summary>
    public bool? Locked { get; init; }

    /// <summary>The link-local groups that are forwarded.</summary>
    public ushort? GroupForwardMask { get; init; }

    /// <summary>Its VLANs.</summary>
    public IReadOnlyList<PortVlan> Vlans { get => field ?? []; init; }

    /// <summary>Reads the settings of every host end that is a port of a bridge.</summary>
    internal static IReadOnlyList<BridgePortRecord> Capture(IReadOnlyList<ContainerNic> nics)
    {
        if (!nics.Any(nic => nic.Host?.BridgeKind == "bridge"))
            return [];
        using var host = RouteSocket.Open();
        var vlans = host.BridgePorts.ListVlans().ToDictionary(port => port.LinkIndex, port => port.Vlans);
        return [.. nics.Where(nic => nic.Host?.BridgeKind == "bridge").Select(nic => nic.Host!)
            .Select(end => (end, host.Links.Get(end.Index).BridgePort))
            .Where(pair => pair.BridgePort is not null)
            .Select(pair => From(pair.end.Name, pair.BridgePort!, vlans.TryGetValue(pair.end.Index, out var list) ? list : []))];
    }

    /// <summary>Gives a port the settings; VLANs that it has and the record does not are removed.</summary>
    internal void Apply(RouteSocket host, int index)
    {
        host.BridgePorts.Set(index, ToPort());
        var now = host.BridgePorts.ListVlans().FirstOrDefault(port => port.LinkIndex == index)?.Vlans.Select(PortVlan.From).ToList() ?? [];
        foreach (var extra in now.Where(vlan => !Vlans.Contains(vlan)))
            host.BridgePorts.DeleteVlan(index, extra.ToVlan());
        foreach (var missing in Vlans.Where(vlan => !now.Contains(vlan)))
            host.BridgePorts.AddVlan(index, missing.ToVlan());
    }

    private static BridgePortRecord From(string device, BridgePort port, IEnumerable<BridgeVlan> vlans) => new()
    {
        Device = device,
        Priority = port.Priority,
        Cost = port.Cost,
        Hairpin = port.Hairpin,
        Guard = port.Guard,
        RootBlock = port.RootBlock,
        FastLeave = port.FastLeave,
        Learning = port.Learning,
        UnicastFlood = port.UnicastFlood,
        MulticastFlood = port.MulticastFlood,
        BroadcastFlood = port.BroadcastFlood,
        MulticastToUnicast = port.MulticastToUnicast,
        MulticastRouter = port.MulticastRouter,
        ProxyArp = port.ProxyArp,
        NeighbourSuppression = port.NeighbourSuppression,
        Isolated = port.Isolated,
        Locked = port.Locked,
        GroupForwardMask = port.GroupForwardMask,
        Vlans = [.. vlans.Select(PortVlan.From)],
    };

    private BridgePort ToPort() => new()
    {
        Priority = Priority,
        Cost = Cost,
        Hairpin = Hairpin,
        Guard = Guard,
        RootBlock = RootBlock,
        FastLeave = FastLeave,
        Learning = Learning,
        UnicastFlood = UnicastFlood,
        MulticastFlood = MulticastFlood,
        BroadcastFlood = BroadcastFlood,
        MulticastToUnicast = MulticastToUnicast,
        MulticastRouter = MulticastRouter,
        ProxyArp = ProxyArp,
        NeighbourSuppression = NeighbourSuppression,
        Isolated = Isolated,
        Locked = Locked,
        GroupForwardMask = GroupForwardMask,
    };
}
