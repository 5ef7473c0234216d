using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>Reads what the host's ends were given on the host.</summary>
internal sealed class HostSideCapture : IDisposable
{
    /// <summary>Where the settings of a device are, below /proc/sys/net.</summary>
    public static readonly string[] Places = ["ipv4/conf", "ipv6/conf", "ipv4/neigh", "ipv6/neigh"];

    private const string Root = "/proc/sys/net";
    private static readonly string[] States = ["mtu", "stable_secret"];
    private readonly RouteSocket _host = RouteSocket.Open();
    private readonly List<byte[]> _addresses, _neighbours, _disciplines;

    /// <summary>Reads what the kernel tells of all devices at once.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public HostSideCapture()
    {
        _addresses = Dump(RTM.RTM_GETADDR, default(ifaddrmsg));
        _neighbours =
        [
            .. Dump(RTM.RTM_GETNEIGH, default(ndmsg)), .. Dump(RTM.RTM_GETNEIGH, new ndmsg { ndm_flags = (byte)NTF.NTF_PROXY }),
            .. Dump(RTM.RTM_GETNEIGH, new ndmsg { ndm_family = (byte)AddressFamily.Bridge }),
        ];
        _disciplines = Dump(RTM.RTM_GETQDISC, default(tcmsg));
    }

    /// <summary>What it was given; null for nothing.</summary>
    /// <param name="end">It.</param>
    /// <param name="limitations">Told of what is not kept, in words.</param>
    /// <exception cref="NetlinkException">The kernel refused to tell.</exception>
    public HostSide? Of(HostNic end, List<string> limitations)
    {
        if (Captured<tcmsg>.Parse(_disciplines).FirstOrDefault(one => one.Header.tcm_ifindex == end.Index
            && one.Text(TCA.TCA_KIND) is not ("noqueue" or "mq" or null)) is { } discipline)
            limitations.Add($"the queueing discipline {discipline.Text(TCA.TCA_KIND)} of the host's device {end.Name} does not come back with it (tc)");
        // Of several devices, or through an object of the host's: more than this device's.
        var routes = Given(end.Index).ToLookup(one => one.Route.Find(RTA.RTA_NH_ID) is not null || one.Route.Find(RTA.RTA_MULTIPATH) is not null);
        limitations.AddRange(routes[true].Select(one =>
            $"the host's route {RouteIdentity.Describe(one.Route)} goes by other devices too, or by a nexthop object: it does not come back with {end.Name}"));
        var side = new HostSide
        {
            Host = ThisHost.Id,
            Addresses = [.. _addresses.Where(one => (int)Captured<ifaddrmsg>.Parse(one).Header.ifa_index == end.Index)],
            Routes = [.. routes[false].Where(one => one.Route.Number(RTA.RTA_OIF) == end.Index).Select(one => one.Bytes)],
            Neighbours = [.. _neighbours.Where(one => IsConfigured(Captured<ndmsg>.Parse(one), end.Index))],
            Settings = [.. Places.SelectMany(place => Settings(place, end.Name))],
            AlternativeNames = [.. _host.Links.Get(end.Index).AlternativeNames],
        };
        return side.IsEmpty ? null : side;
    }

    /// <inheritdoc />
    public void Dispose() => _host.Dispose();

    // Those that lead out of a device, without those that the kernel makes of addresses or is told by routers.
    private IEnumerable<(byte[] Bytes, Captured<rtmsg> Route)> Given(int index) => ((AddressFamily[])[AddressFamily.IPv4, AddressFamily.IPv6])
        .SelectMany(family => Dump(RTM.RTM_GETROUTE, new rtmsg { rtm_family = (byte)family }, RouteMessages.Number(RTA.RTA_OIF, (uint)index)))
        .Select(bytes => (bytes, Captured<rtmsg>.Parse(bytes)))
        .Where(one => one.Item2.Header.rtm_protocol is not ((byte)RTPROT.RTPROT_KERNEL or (byte)RTPROT.RTPROT_RA));

    private static bool IsConfigured(Captured<ndmsg> entry, int index) => entry.Header.ndm_ifindex == index
        && (entry.Header.ndm_family == (byte)AddressFamily.Bridge
            ? (entry.Header.ndm_state & (ushort)NUD.NUD_NOARP) != 0 && entry.Find(NDA.NDA_MASTER) is not null
            : (entry.Header.ndm_flags & (byte)NTF.NTF_PROXY) != 0 || (entry.Header.ndm_state & (ushort)NUD.NUD_PERMANENT) != 0);

    // A device begins with those of "default"; what it has in common with that it gets by itself.
    private static IEnumerable<SysctlValue> Settings(string place, string device)
    {
        var directory = $"{Root}/{place}/{device}";
        if (!Directory.Exists(directory))
            yield break;
        foreach (var entry in DirectoryListing.Read(directory))
            if (!States.Contains(entry.Name) && Read($"{directory}/{entry.Name}") is { } value && value != Read($"{Root}/{place}/default/{entry.Name}"))
                yield return new SysctlValue($"{place}/{entry.Name}", value);
    }

    private static string? Read(string path)
    {
        try
        {
            return KernelFile.ReadText(path).TrimEnd('\n');
        }
        catch (SyscallException)
        {
            // It has no value, or can only be written.
            return null;
        }
    }

    private List<byte[]> Dump<THeader>(RTM type, in THeader header, params IEnumerable<OwnedAttribute> attributes)
        where THeader : unmanaged =>
        _host.Socket.Dump(RouteMessages.Request(type, MessageFlags.None, in header, attributes), message => message.ToArray());
}
