using System.Text;
using LxcNative.Netlink.SockDiag;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>The sockets of a network namespace, in the few terms that rules look at.</summary>
internal static class SocketCollector
{
    /// <summary>Describes what was read. Raw sockets are left out: criu finds them by other means.</summary>
    public static List<ObservedSocket> Describe(SocketReading reading) =>
    [
        .. reading.Inet.Where(one => one.Protocol != InetProtocol.Raw).Select(one => Describe(one.Socket)),
        .. reading.Unix.Select(Describe),
        .. reading.Netlink.Select(Describe),
        .. reading.Packet.Select(socket => new ObservedSocket
        {
            Family = Families.Packet,
            Type = socket.Type,
            Inode = socket.Inode,
            Memberships = (int)Math.Min(socket.MostMemberships, int.MaxValue),
        }),
    ];

    private static ObservedSocket Describe(InetSocketInfo socket) => new()
    {
        Family = socket.Family == System.Net.Sockets.AddressFamily.InterNetwork ? Families.Inet : Families.Inet6,
        Protocol = (int)socket.Protocol,
        Inode = socket.Inode,
        State = (int)socket.State,
        Unread = socket.ReceiveQueue,
        Unsent = socket.SendQueue,
        LocalAddress = socket.Local.Address,
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
}
