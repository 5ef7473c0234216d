using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.SockDiag;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The sockets of a network namespace as socket diagnostics (sock_diag(7)) tell them, read once for all who ask.</summary>
/// <param name="Inet">TCP, UDP, UDP-Lite and raw sockets.</param>
/// <param name="Unix">Unix sockets.</param>
/// <param name="Netlink">Netlink sockets.</param>
/// <param name="Packet">Packet sockets.</param>
internal sealed record SocketReading(
    IReadOnlyList<(InetProtocol Protocol, InetSocketInfo Socket)> Inet, IReadOnlyList<UnixSocketInfo> Unix, IReadOnlyList<NetlinkSocketInfo> Netlink,
    IReadOnlyList<PacketSocketInfo> Packet)
{
    private static readonly InetProtocol[] Protocols = [InetProtocol.Tcp, InetProtocol.Udp, InetProtocol.UdpLite, InetProtocol.Raw];

    /// <summary>Reads them; of a kind that this kernel cannot tell of there are none.</summary>
    /// <param name="networkNamespace">The namespace; stays the caller's.</param>
    public static SocketReading Take(FileDescriptor networkNamespace)
    {
        using var diagnostics = SocketDiagnostics.OpenIn(networkNamespace);
        return new SocketReading(
            [.. Protocols.SelectMany(protocol => Ask(() => diagnostics.ListInet(protocol)).Select(socket => (protocol, socket)))],
            Ask(diagnostics.ListUnix), Ask(diagnostics.ListNetlink), Ask(diagnostics.ListPacket));
    }

    private static List<T> Ask<T>(Func<List<T>> list)
    {
        try
        {
            return list();
        }
        catch (NetlinkException e) when (e.Errno is Errno.ENOENT or Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            // The kernel is built without diagnostics of this kind.
            return [];
        }
    }
}
