using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.SockDiag;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Lists the sockets of a network namespace over socket diagnostics (sock_diag(7)).</summary>
internal static class SocketDiscovery
{
    /// <summary>The sockets; a protocol that this kernel cannot tell of has none.</summary>
    /// <param name="networkNamespace">The namespace; stays the caller's.</param>
    public static IReadOnlyList<ContainerSocket> Discover(FileDescriptor networkNamespace)
    {
        using var diagnostics = SocketDiagnostics.OpenIn(networkNamespace);
        var sockets = new List<ContainerSocket>();
        foreach (var (protocol, name) in ((InetProtocol, string)[])[(InetProtocol.Tcp, "tcp"), (InetProtocol.Udp, "udp"), (InetProtocol.Raw, "raw")])
            sockets.AddRange(Ask(() => diagnostics.ListInet(protocol)).Select(socket => Describe(socket, name)));
        sockets.AddRange(Ask(diagnostics.ListUnix).Select(Describe));
        sockets.AddRange(Ask(diagnostics.ListNetlink).Select(socket => new ContainerSocket("netlink", null, $"port {socket.PortId}", null, socket.ReceiveQueue, 0, socket.Inode)));
        sockets.AddRange(Ask(diagnostics.ListPacket).Select(socket => new ContainerSocket("packet", null, $"device {socket.InterfaceIndex}", null, 0, 0, socket.Inode)));
        return sockets;
    }

    private static ContainerSocket Describe(InetSocketInfo socket, string protocol) =>
        new(protocol, socket.State.ToString(), socket.Local.ToString(), socket.Remote.Port == 0 ? null : socket.Remote.ToString(), socket.ReceiveQueue, socket.SendQueue, socket.Inode);

    private static ContainerSocket Describe(UnixSocketInfo socket)
    {
        var name = socket.Name.IsEmpty ? null : Encoding.UTF8.GetString(socket.Name.Span).Replace('\0', '@');
        return new("unix", socket.State.ToString(), name, socket.PeerInode is { } peer ? $"inode {peer}" : null, socket.ReceiveQueue, socket.SendQueue, socket.Inode);
    }

    private static List<T> Ask<T>(Func<List<T>> list)
    {
        try
        {
            return list();
        }
        catch (NetlinkException e) when (e.Errno is Errno.ENOENT or Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            // The kernel is built without diagnostics of this protocol.
            return [];
        }
    }
}
