using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.SockDiag;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>The sockets of a network namespace, in the few terms that rules look at.</summary>
internal static class SocketCollector
{
    /// <summary>Reads them all. A kind that the kernel cannot tell of (no such module) is left out.</summary>
    /// <param name="networkNamespace">The namespace; stays the caller's.</param>
    public static List<ObservedSocket> Read(FileDescriptor networkNamespace)
    {
        using var diagnostics = SocketDiagnostics.OpenIn(networkNamespace);
        var memberships = PacketMemberships.Read(networkNamespace);
        return
        [
            .. new[] { InetProtocol.Tcp, InetProtocol.Udp, InetProtocol.UdpLite }.SelectMany(protocol => Try(() => diagnostics.ListInet(protocol)).Select(Describe)),
            .. Try(diagnostics.ListUnix).Select(Describe),
            .. Try(diagnostics.ListNetlink).Select(Describe),
            .. Try(diagnostics.ListPacket).Select(socket => new ObservedSocket
            {
                Family = Families.Packet,
                Type = socket.Type,
                Inode = socket.Inode,
                Memberships = memberships.GetValueOrDefault(socket.Inode),
            }),
        ];
    }

    private static ObservedSocket Describe(InetSocketInfo socket) => new()
    {
        Family = socket.Family == System.Net.Sockets.AddressFamily.InterNetwork ? Families.Inet : Families.Inet6,
        Protocol = (int)socket.Protocol,
        Inode = socket.Inode,
        State = (int)socket.State,
        Unread = socket.ReceiveQueue,
        Unsent = socket.SendQueue,
        Local = socket.State == SocketState.Listen ? $"{socket.Local}" : $"{socket.Local} > {socket.Remote}",
    };

    private static ObservedSocket Describe(UnixSocketInfo socket) => new()
    {
        Family = Families.Unix,
        Type = socket.Type,
        Inode = socket.Inode,
        State = (int)socket.State,
        PeerInode = socket.PeerInode ?? 0,
        Unread = socket.ReceiveQueue,
        Unsent = socket.SendQueue,
        Local = socket.Name.IsEmpty ? null : Encoding.UTF8.GetString(socket.Name.Span).TrimEnd('\0').Replace('\0', '@'),
        Waiting = [.. socket.PendingInodes.Select(inode => (ulong)inode)],
    };

    private static ObservedSocket Describe(NetlinkSocketInfo socket) => new()
    {
        Family = Families.Netlink,
        Type = socket.Type,
        Protocol = socket.Family,
        Inode = socket.Inode,
        Unread = socket.ReceiveQueue,
        PortId = socket.PortId,
        Groups = socket.Groups,
    };

    private static List<T> Try<T>(Func<List<T>> list)
    {
        try
        {
            return list();
        }
        catch (NetlinkException e) when (e.Errno is Errno.ENOENT or Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            return [];
        }
    }
}
