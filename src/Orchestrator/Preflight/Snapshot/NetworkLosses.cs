using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What of a network namespace nobody saves.</summary>
internal static class NetworkLosses
{
    /// <summary>Names it.</summary>
    /// <param name="network">The namespace; stays the caller's.</param>
    public static IReadOnlyList<string> Read(FileDescriptor network)
    {
        var lost = new List<string>();
        using var route = RouteSocket.OpenIn(network);
        // Those that the kernel gives to a link by itself have no handle.
        var links = Captured<tcmsg>.Parse(new RouteDumps(route.Socket).QueueingDisciplines()).Where(discipline => discipline.Header.tcm_handle != 0)
            .Select(discipline => discipline.Header.tcm_ifindex).Distinct();
        lost.AddRange(links.Select(index =>
            $"{(route.Links.TryGet(index, out var link) ? link.Name : $"link {index}")} has queueing disciplines of its own (tc)"));
        if (CountIpsec(network) is > 0 and var count)
            lost.Add($"there are {count} IPsec states and policies");
        return lost;
    }

    private static int CountIpsec(FileDescriptor network)
    {
        try
        {
            using var socket = NamespaceThread.Run(() => new NetlinkSocket((int)NETLINK.NETLINK_XFRM), network);
            return Count(socket, XFRM_MSG.XFRM_MSG_GETSA) + Count(socket, XFRM_MSG.XFRM_MSG_GETPOLICY);
        }
        catch (Exception e)
            when (e is SyscallException { Errno: Errno.EPROTONOSUPPORT } or NetlinkException { Errno: Errno.EPERM or Errno.EINVAL or Errno.EOPNOTSUPP })
        {
            return 0;
        }
    }

    private static int Count(NetlinkSocket socket, XFRM_MSG type)
    {
        var request = new MessageBuffer();
        using (request.Begin((ushort)type, MessageFlags.None))
        {
        }

        return socket.Dump(request, _ => "").Count;
    }
}
