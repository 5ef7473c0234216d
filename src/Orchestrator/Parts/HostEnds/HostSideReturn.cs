using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;

namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>Gives a host end what it had on the host. What is refused, or is another's by now, is told: the container comes back without it.</summary>
/// <param name="host">A socket in the host's network namespace; stays the caller's.</param>
/// <param name="shortfalls">Told of what could not be given.</param>
internal sealed class HostSideReturn(RouteSocket host, ICollection<string> shortfalls)
{
    private const string TooWide = "so much of the host's traffic is not given to a container";
    private const int NarrowestIPv4 = 8, NarrowestIPv6 = 16;

    /// <summary>Gives it. The calling thread is in the host's network namespace.</summary>
    /// <param name="device">The host end's name now.</param>
    /// <param name="side">What it had.</param>
    /// <exception cref="NetlinkException">There is no such device, or the messages are none.</exception>
    public void Apply(string device, HostSide side)
    {
        if (side.Host is null || side.Host != ThisHost.Id)
        {
            if (Describe(side) is { Length: > 0 } given)
                shortfalls.Add($"its checkpoint is of another host, where {device} had: {given}. Give it what it needs of that here (ip, sysctl)");
            return;
        }

        var index = host.Links.Get(device).Index;
        foreach (var name in side.AlternativeNames)
            Try(device, $"its other name {name}", () => host.Links.AddAlternativeName(index, name));
        using (var root = FileOpen.Open("/proc/sys/net", OpenFlags.ReadOnly | OpenFlags.Directory))
            foreach (var failure in new SysctlRebuild(root).Apply(side.Settings.Where(IsOfADevice).Select(one => Of(device, one))).Values)
                shortfalls.Add($"of the host's device {device}: {failure}");
        foreach (var address in Captured<ifaddrmsg>.Parse(side.Addresses))
        {
            if (IsTooWide(address.Header.ifa_family, address.Header.ifa_prefixlen))
                Lacks(device, $"address {address.Address}/{address.Header.ifa_prefixlen}", TooWide);
            else
                Try(device, $"address {address.Address}", () => Send(RTM.RTM_NEWADDR, MessageFlags.Create | MessageFlags.Exclusive,
                    address.Header with { ifa_index = (uint)index, ifa_flags = 0 }, AddressRebuild.Settings(address)));
        }

        foreach (var route in InOrder(Captured<rtmsg>.Parse(side.Routes).Where(one => one.Header.rtm_type == (byte)RTN.RTN_UNICAST)))
        {
            if (IsOfMain(route) && IsTooWide(route.Header.rtm_family, route.Header.rtm_dst_len))
                Lacks(device, $"route {RouteIdentity.Describe(route)}", TooWide);
            else
                Try(device, $"route {RouteIdentity.Describe(route)}", () => Send(RTM.RTM_NEWROUTE, MessageFlags.Create | MessageFlags.Exclusive,
                    RouteIdentity.Header(route), [.. Settings(route), RouteMessages.Number(RTA.RTA_OIF, (uint)index)]));
        }

        foreach (var neighbour in Captured<ndmsg>.Parse(side.Neighbours))
            Try(device, "a neighbour", () => Send(RTM.RTM_NEWNEIGH, MessageFlags.Create | MessageFlags.Exclusive,
                NeighbourRebuild.Header(neighbour) with { ndm_ifindex = index }, NeighbourRebuild.Settings(neighbour)));
    }

    /// <summary>What a restore would give it, in words.</summary>
    public static string Describe(HostSide side) => string.Join(", ", Captured<ifaddrmsg>.Parse(side.Addresses)
        .Where(address => address is not { Header.ifa_family: (byte)AddressFamily.IPv6, Header.ifa_scope: (byte)RT_SCOPE.RT_SCOPE_LINK })
        .Select(address => $"address {address.Address}/{address.Header.ifa_prefixlen}")
        .Concat(Captured<rtmsg>.Parse(side.Routes).Select(route => $"route {RouteIdentity.Describe(route)}"))
        .Concat(side.Neighbours.Count > 0 ? [$"{side.Neighbours.Count} neighbours, proxies or forwarding entries"] : [])
        .Concat(side.Settings.Select(one => $"{one.Path} = {one.Value}")).Concat(side.AlternativeNames.Select(name => $"the name {name}")));

    // Of several devices, or through an object of the host's: that is more than this device's.
    private static IEnumerable<OwnedAttribute> Settings(Captured<rtmsg> route) => RouteIdentity.Settings(route)
        .Where(attribute => attribute.Type is not ((ushort)RTA.RTA_OIF or (ushort)RTA.RTA_MULTIPATH or (ushort)RTA.RTA_NH_ID));

    // What leads to a gateway before what goes through it.
    private static IEnumerable<Captured<rtmsg>> InOrder(IEnumerable<Captured<rtmsg>> routes) =>
        routes.OrderBy(route => route.Find(RTA.RTA_GATEWAY) is not null || route.Find(RTA.RTA_VIA) is not null);

    private static bool IsTooWide(byte family, byte length) => length < (family == (byte)AddressFamily.IPv6 ? NarrowestIPv6 : NarrowestIPv4);

    // What is in another table is there for rules of the host's own.
    private static bool IsOfMain(Captured<rtmsg> route) => (route.Number(RTA.RTA_TABLE) ?? route.Header.rtm_table) is 0
        or (uint)RT_TABLE.RT_TABLE_MAIN or (uint)RT_TABLE.RT_TABLE_LOCAL or (uint)RT_TABLE.RT_TABLE_DEFAULT;

    private void Lacks(string device, string what, string why) => shortfalls.Add($"the host's device {device} has not got {what} again: {why}");

    private static bool IsOfADevice(SysctlValue value) =>
        value.Path.LastIndexOf('/') is var at and > 0 && HostSideCapture.Places.Contains(value.Path[..at], StringComparer.Ordinal);

    private static SysctlValue Of(string device, SysctlValue value)
    {
        var at = value.Path.LastIndexOf('/');
        return value with { Path = $"{value.Path[..at]}/{device}{value.Path[at..]}" };
    }

    private void Try(string device, string what, Action give)
    {
        try
        {
            give();
        }
        catch (NetlinkException e) when (e.Errno == Errno.EEXIST)
        {
            // The kernel, or a script, has given it already.
        }
        catch (NetlinkException e)
        {
            Lacks(device, what, $"{e.Errno}");
        }
    }

    private void Send<THeader>(RTM type, MessageFlags flags, in THeader header, IEnumerable<OwnedAttribute> attributes)
        where THeader : unmanaged => host.Socket.Execute(RouteMessages.Request(type, flags, in header, attributes));
}
