using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Makes the routes of both families equal to the captured ones. Those that the kernel made by itself from addresses are left alone.</summary>
internal sealed class RouteRebuild(NetlinkSocket socket)
{
    private const byte KernelProtocol = (byte)RTPROT.RTPROT_KERNEL;
    private const uint LocalTable = (uint)RT_TABLE.RT_TABLE_LOCAL;

    /// <summary>Removes what was not captured, adds what is missing.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Apply(IEnumerable<byte[]> captured)
    {
        var wanted = Captured<rtmsg>.Parse(captured);
        var present = Dump((byte)AddressFamily.IPv4).Concat(Dump((byte)AddressFamily.IPv6)).ToList();
        var keep = Count(wanted);
        foreach (var route in present)
        {
            if (!Take(keep, RouteIdentity.Of(route)))
                Send(RTM.RTM_DELROUTE, MessageFlags.None, route);
        }

        var there = Count(present);
        Add(wanted.FindAll(route => !Take(there, RouteIdentity.Of(route)) && !IsKernelsOwn(route)));
    }

    /// <summary>Whether the kernel makes a route by itself, as the local ones of IPv6 addresses, a moment after the address; one that is added is another
    /// route, with a metric.</summary>
    internal static bool IsKernelsOwn(Captured<rtmsg> route) => route.Header is { rtm_family: (byte)AddressFamily.IPv6, rtm_protocol: KernelProtocol }
        && (route.Number(RTA.RTA_TABLE) ?? route.Header.rtm_table) == LocalTable;

    /// <summary>A route through a gateway needs the route to the gateway, so the refused are tried again as long as others succeed.</summary>
    private void Add(List<Captured<rtmsg>> missing)
    {
        while (missing.Count > 0)
        {
            var refused = new List<Captured<rtmsg>>();
            NetlinkException? last = null;
            foreach (var route in missing)
            {
                try
                {
                    Send(RTM.RTM_NEWROUTE, MessageFlags.Create | MessageFlags.Append, route);
                }
                catch (NetlinkException e) when (e.Errno is Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.EINVAL or Errno.ENETDOWN)
                {
                    last = e;
                    refused.Add(route);
                }
                catch (NetlinkException e) when (e.Errno == Errno.EEXIST && IsThere(route))
                {
                    // The kernel has made it since it was looked for: those of an IPv6 address come a moment after it.
                }
            }

            if (refused.Count == missing.Count)
                throw last!;
            missing = refused;
        }
    }

    private bool IsThere(Captured<rtmsg> route)
    {
        var identity = RouteIdentity.Of(route);
        return Dump(route.Header.rtm_family).Any(one => RouteIdentity.Of(one) == identity);
    }

    private List<Captured<rtmsg>> Dump(byte family) =>
        Captured<rtmsg>.Parse(socket.Dump(RouteMessages.Request(RTM.RTM_GETROUTE, MessageFlags.None, new rtmsg { rtm_family = family }),
            message => message.ToArray()));

    private static Dictionary<string, int> Count(IEnumerable<Captured<rtmsg>> routes) => routes.CountBy(RouteIdentity.Of).ToDictionary();

    private static bool Take(Dictionary<string, int> counts, string identity)
    {
        if (!counts.TryGetValue(identity, out var left) || left == 0)
            return false;
        counts[identity] = left - 1;
        return true;
    }

    private void Send(RTM type, MessageFlags flags, Captured<rtmsg> route) => socket.Execute(
        RouteMessages.Request(type, flags, RouteIdentity.Header(route), RouteIdentity.Settings(route)), $"route {RouteIdentity.Describe(route)}");
}
