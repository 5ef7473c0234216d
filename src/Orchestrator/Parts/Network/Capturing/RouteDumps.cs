using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>Everything that rtnetlink tells of a namespace, copied as it comes. The requests are made once and sent as often as wanted.</summary>
internal sealed class RouteDumps(NetlinkSocket socket)
{
    private readonly MessageBuffer _links = Get(RTM.RTM_GETLINK, default(ifinfomsg),
        RouteMessages.Number(IFLA.IFLA_EXT_MASK, (uint)RTEXT_FILTER.RTEXT_FILTER_SKIP_STATS));
    private readonly MessageBuffer _addresses = Get(RTM.RTM_GETADDR, default(ifaddrmsg));
    private readonly MessageBuffer _routes4 = Get(RTM.RTM_GETROUTE, new rtmsg { rtm_family = (byte)AddressFamily.IPv4 });
    private readonly MessageBuffer _routes6 = Get(RTM.RTM_GETROUTE, new rtmsg { rtm_family = (byte)AddressFamily.IPv6 });
    private readonly MessageBuffer _rules4 = Get(RTM.RTM_GETRULE, new fib_rule_hdr { family = (byte)AddressFamily.IPv4 });
    private readonly MessageBuffer _rules6 = Get(RTM.RTM_GETRULE, new fib_rule_hdr { family = (byte)AddressFamily.IPv6 });
    private readonly MessageBuffer _neighbours = Get(RTM.RTM_GETNEIGH, default(ndmsg));
    private readonly MessageBuffer _proxies = Get(RTM.RTM_GETNEIGH, new ndmsg { ndm_flags = (byte)NTF.NTF_PROXY });
    private readonly MessageBuffer _forwarding = Get(RTM.RTM_GETNEIGH, new ndmsg { ndm_family = (byte)AddressFamily.Bridge });
    private readonly MessageBuffer _nextHops = Get(RTM.RTM_GETNEXTHOP, default(nhmsg));
    private readonly MessageBuffer _labels = Get(RTM.RTM_GETADDRLABEL, new ifaddrlblmsg { ifal_family = (byte)AddressFamily.IPv6 });
    private readonly MessageBuffer _disciplines = Get(RTM.RTM_GETQDISC, default(tcmsg));

    /// <summary>The links.</summary>
    public List<byte[]> Links() => Dump(_links);

    /// <summary>The addresses of both families.</summary>
    public List<byte[]> Addresses() => Dump(_addresses);

    /// <summary>The routes of both families and all tables.</summary>
    public List<byte[]> Routes() => [.. Dump(_routes4), .. Dump(_routes6)];

    /// <summary>The rules of both families.</summary>
    public List<byte[]> Rules() => [.. Dump(_rules4), .. Dump(_rules6)];

    /// <summary>The neighbours and the proxies.</summary>
    public List<byte[]> Neighbours() => [.. Dump(_neighbours), .. Dump(_proxies)];

    /// <summary>The forwarding tables of bridges.</summary>
    public List<byte[]> ForwardingEntries() => Dump(_forwarding);

    /// <summary>The nexthop objects.</summary>
    public List<byte[]> NextHops() => Dump(_nextHops);

    /// <summary>The address labels.</summary>
    public List<byte[]> AddressLabels() => Dump(_labels);

    /// <summary>The queueing disciplines.</summary>
    public List<byte[]> QueueingDisciplines() => Dump(_disciplines);

    private static MessageBuffer Get<THeader>(RTM type, in THeader header, params IEnumerable<OwnedAttribute> attributes)
        where THeader : unmanaged => RouteMessages.Request(type, MessageFlags.None, in header, attributes);

    private List<byte[]> Dump(MessageBuffer request) => socket.Dump(request, message => message.ToArray());
}
