using System.Text;
using LxcNative.Native.Handles;
using LxcNative.Netlink.SockDiag;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The sockets of a container's network namespace, as they are shown.</summary>
internal static class SocketDiscovery
{
    /// <summary>Reads and describes them.</summary>
    /// <param name="networkNamespace">The namespace; stays the caller's.</param>
    public static IReadOnlyList<ContainerSocket> Discover(FileDescriptor networkNamespace) => Describe(SocketReading.Take(networkNamespace));

    /// <summary>Describes what was read.</summary>
    public static IReadOnlyList<ContainerSocket> Describe(SocketReading reading) =>
    [
        .. reading.Inet.Where(one => one.Protocol != InetProtocol.UdpLite).Select(one => Describe(one.Socket, one.Protocol.ToString().ToLowerInvariant())),
        .. reading.Unix.Select(Describe),
        .. reading.Netlink.Select(socket => new ContainerSocket("netlink", null, $"port {socket.PortId}", null, socket.ReceiveQueue, 0, socket.Inode)),
        .. reading.Packet.Select(socket => new ContainerSocket("packet", null, $"device {socket.InterfaceIndex}", null, 0, 0, socket.Inode)),
    ];

    private static ContainerSocket Describe(InetSocketInfo socket, string protocol) =>
        new(protocol, socket.State.ToString(), socket.Local.ToString(), socket.Remote.Port == 0 ? null : socket.Remote.ToString(), socket.ReceiveQueue,
            socket.SendQueue, socket.Inode);

    private static ContainerSocket Describe(UnixSocketInfo socket)
    {
        var name = socket.Name.IsEmpty ? null : Encoding.UTF8.GetString(socket.Name.Span).Replace('\0', '@');
        return new("unix", socket.State.ToString(), name, socket.PeerInode is { } peer ? $"inode {peer}" : null, socket.ReceiveQueue, socket.SendQueue,
            socket.Inode);
    }
}
