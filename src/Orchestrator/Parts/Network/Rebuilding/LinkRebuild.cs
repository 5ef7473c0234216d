using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Kinds;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Makes the links of a captured namespace in a new one, with their names, indexes and settings, all of them down.</summary>
internal sealed class LinkRebuild(RouteSocket inside, FileDescriptor host, IReadOnlyList<LinkFacts> links, LinksAboveHost above)
{
    // What a program may set; the kernel keeps the others.
    private const uint SettableFlags = (uint)(IFF.IFF_DEBUG | IFF.IFF_NOTRAILERS | IFF.IFF_NOARP | IFF.IFF_PROMISC | IFF.IFF_ALLMULTI
        | IFF.IFF_MULTICAST | IFF.IFF_PORTSEL | IFF.IFF_AUTOMEDIA | IFF.IFF_DYNAMIC);

    private readonly HashSet<int> _made = [];

    /// <summary>Makes them all.</summary>
    /// <param name="hostEnds">The other end of every pair that ends on the host, by the name of the end inside.</param>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    /// <exception cref="InvalidOperationException">A pair has no host end in <paramref name="hostEnds"/>.</exception>
    public void Make(IReadOnlyDictionary<string, HostNic> hostEnds)
    {
        NameHost();
        var waiting = links.Where(link => !link.IsLoopback && !LinkKinds.IsFallback(link)).ToList();
        _made.UnionWith(links.Except(waiting).Select(link => link.Index));
        while (waiting.Count > 0)
        {
            // A link that stands on another comes after it; the two ends of a pair come at once.
            var ready = waiting.Find(link => link.IsPair || link.Lower is null or 0 || link.Lower == link.Index || link.StandsOutside
                || _made.Contains(link.Lower.Value))
                ?? throw new MalformedNetworkImageException($"links stand on one another in a circle: {string.Join(", ", waiting.Select(link => link.Name))}");
            Make(ready, hostEnds);
            waiting.RemoveAll(link => _made.Contains(link.Index));
        }

        foreach (var link in links.Where(link => link.Master is not null))
            inside.Links.SetMaster(link.Index, link.Master!.Value);
    }

    /// <summary>Gives every link the settings that cannot be given when it is made, or that the kernel chose otherwise.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Settle()
    {
        var now = LinkFacts.Read(inside.Socket.Dump(RouteMessages.Request(RTM.RTM_GETLINK, MessageFlags.None, default(ifinfomsg)),
            message => message.ToArray()));
        foreach (var link in links.Where(link => !LinkKinds.IsFallback(link)))
        {
            var present = now.Find(other => other.Index == link.Index)
                ?? throw new InvalidOperationException($"link {link.Index} \"{link.Name}\" is not there");
            var flags = (link.Message.Header.ifi_flags ^ present.Message.Header.ifi_flags) & SettableFlags;
            Change(link, flags, link.Message.Header.ifi_flags & flags, LinkAttributes.StillDifferent(link, present));
            if (link.Message.Find(IFLA.IFLA_PROP_LIST) is { } names)
                Send(RTM.RTM_NEWLINKPROP, MessageFlags.Create | MessageFlags.Exclusive | MessageFlags.Append, link, 0, 0, [names]);
            if (LinkKinds.Find(link.PortKind)?.PortSettings(link).ToList() is { Count: > 0 } port)
                Change(link, 0, 0, [LinkInfo(link.PortKind!, (ushort)IFLA_INFO.IFLA_INFO_SLAVE_KIND, (ushort)IFLA_INFO.IFLA_INFO_SLAVE_DATA, port)]);
        }
    }

    /// <summary>Sets those up that were, masters last: what stands on a link can only be up when that is.</summary>
    public void SetUp()
    {
        foreach (var link in links.Where(link => link.IsUp).OrderBy(Depth))
            EndingNamespace.Await(() => inside.Links.SetUp(link.Index));
    }

    /// <summary>Waits until every link that is up has the carrier that it gets from what it stands on, and with it the addresses that the kernel gives it:
    /// asking for a single link makes the kernel finish a change that is under way (rtnl_getlink), which begins another at what stands on it.</summary>
    public void AwaitCarriers()
    {
        foreach (var link in links.Where(link => link.IsUp).OrderBy(Depth))
            inside.Links.Get(link.Index);
    }

    /// <summary>Gives every link its token for router advertisements.</summary>
    public void SetTokens()
    {
        foreach (var link in links)
        {
            var token = link.Message.Find(IFLA.IFLA_AF_SPEC)?.Inner((byte)AddressFamily.IPv6)?.Inner((ushort)IFLA_INET6.IFLA_INET6_TOKEN);
            if (token is null || token.Value.IndexOfAnyExcept((byte)0) < 0)
                continue;
            Change(link, 0, 0, [NestOf((ushort)IFLA.IFLA_AF_SPEC, NestOf((byte)AddressFamily.IPv6, token))]);
        }
    }

    private int Depth(LinkFacts link)
    {
        var depth = 0;
        for (var below = link; below is { IsPair: false, StandsOutside: false, Lower: > 0 } && below.Lower != below.Index && depth < links.Count; depth++)
            below = links.FirstOrDefault(other => other.Index == below.Lower);
        return depth;
    }

    /// <summary>The namespace on the other side of the pairs gets the id that it had, which programs inside may know it by.</summary>
    private void NameHost()
    {
        if (links.FirstOrDefault(link => link.HasPeerOutside || link.StandsOutside)?.LowerNamespaceId is { } id)
            inside.NamespaceIds.Set(NetworkNamespace.Of(host), id);
    }

    private void Make(LinkFacts link, IReadOnlyDictionary<string, HostNic> hostEnds)
    {
        if (link.StandsOutside)
        {
            above.Make(link);
        }
        else if (!link.IsPair)
        {
            var attributes = LinkAttributes.ForCreation(link);
            if (link.Lower is > 0 && link.Lower != link.Index)
                attributes.Add(RouteMessages.Number(IFLA.IFLA_LINK, (uint)link.Lower));
            Create(link, attributes, LinkKinds.Rebuilt(link).Settings(link));
        }
        else if (link.HasPeerOutside)
        {
            if (!hostEnds.TryGetValue(link.Name, out var end))
                throw new InvalidOperationException($"no host end is given for {link.Name}");
            MakeTowardsHost(link, end);
        }
        else
        {
            var peer = links.FirstOrDefault(other => other.Index == link.Lower && other.IsPair)
                ?? throw new MalformedNetworkImageException($"the other end of {link.Name} is missing");
            Create(link, LinkAttributes.ForCreation(link), [Peer(peer.Index, LinkAttributes.ForCreation(peer))]);
            _made.Add(peer.Index);
        }

        _made.Add(link.Index);
    }

    private void MakeTowardsHost(LinkFacts link, HostNic end)
    {
        try
        {
            Create(link, LinkAttributes.ForCreation(link), [Peer(end.Index, HostAttributes(end))]);
        }
        catch (NetlinkException e) when (end.Index != 0 && e.Errno is Errno.EBUSY or Errno.EEXIST)
        {
            // Another device of the host may have taken the index meanwhile; the name is what others refer to. A name that is taken is refused again.
            Create(link, LinkAttributes.ForCreation(link), [Peer(0, HostAttributes(end))]);
        }
    }

    private List<OwnedAttribute> HostAttributes(HostNic end)
    {
        var buffer = new MessageBuffer();
        buffer.Attributes.Write(IFLA.IFLA_IFNAME, end.Name);
        buffer.Attributes.Write(IFLA.IFLA_ADDRESS, HardwareAddress.Parse(end.Address).Bytes);
        buffer.Attributes.Write(IFLA.IFLA_MTU, (uint)end.Mtu);
        buffer.Attributes.Write(IFLA.IFLA_TXQLEN, (uint)end.TxQueueLength);
        buffer.Attributes.Write(IFLA.IFLA_NUM_TX_QUEUES, (uint)end.TxQueues);
        buffer.Attributes.Write(IFLA.IFLA_NUM_RX_QUEUES, (uint)end.RxQueues);
        buffer.Attributes.Write(IFLA.IFLA_GROUP, (uint)end.Group);
        buffer.Attributes.Write(IFLA.IFLA_NET_NS_FD, (uint)host.Number);
        var list = new List<OwnedAttribute>();
        foreach (var attribute in new AttributeReader<HostEndian>(buffer.Written))
            list.Add(attribute.ToOwned());
        return list;
    }

    private void Create(LinkFacts link, List<OwnedAttribute> attributes, IEnumerable<OwnedAttribute> data) => Send(
        RTM.RTM_NEWLINK, MessageFlags.Create | MessageFlags.Exclusive, link, 0, 0,
        [.. attributes, LinkInfo(link.Kind!, (ushort)IFLA_INFO.IFLA_INFO_KIND, (ushort)IFLA_INFO.IFLA_INFO_DATA, data)]);

    private void Change(LinkFacts link, uint mask, uint flags, List<OwnedAttribute> attributes)
    {
        if (mask != 0 || attributes.Count > 0)
            Send(RTM.RTM_NEWLINK, MessageFlags.None, link, mask, flags, attributes);
    }

    private void Send(RTM type, MessageFlags how, LinkFacts link, uint mask, uint flags, IEnumerable<OwnedAttribute> attributes) => inside.Socket.Execute(
        RouteMessages.Request(type, how, new ifinfomsg { ifi_index = link.Index, ifi_flags = flags, ifi_change = mask }, attributes),
        $"link {link.Index} \"{link.Name}\"");

    private static OwnedAttribute Peer(int index, List<OwnedAttribute> attributes)
    {
        var buffer = new MessageBuffer();
        buffer.WriteFixedHeader(new ifinfomsg { ifi_index = index });
        foreach (var attribute in attributes)
            buffer.Attributes.Write(attribute);
        return new OwnedAttribute((ushort)VETH_INFO.VETH_INFO_PEER | AttributeHeader.NestedFlag, buffer.Written.ToArray());
    }

    /// <summary>The attribute that says what kind of link it is, with the settings of the kind.</summary>
    internal static OwnedAttribute LinkInfo(string kind, ushort kindType, ushort dataType, IEnumerable<OwnedAttribute> data)
    {
        var name = new OwnedAttribute(kindType, [.. System.Text.Encoding.UTF8.GetBytes(kind), 0]);
        return NestOf((ushort)IFLA.IFLA_LINKINFO, name, NestOf(dataType, [.. data]));
    }

    private static OwnedAttribute NestOf(ushort type, params IEnumerable<OwnedAttribute> attributes)
    {
        var buffer = new MessageBuffer();
        foreach (var attribute in attributes)
            buffer.Attributes.Write(attribute);
        return new OwnedAttribute((ushort)(type | AttributeHeader.NestedFlag), buffer.Written.ToArray());
    }
}
