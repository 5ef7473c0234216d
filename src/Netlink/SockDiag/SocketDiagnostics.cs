using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.SockDiag.Uapi;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using AddressFamily = System.Net.Sockets.AddressFamily;
using Socket = LxcNative.Native.Uapi.Socket;

namespace LxcNative.Netlink.SockDiag;

/// <summary>The sockets of one network namespace, over NETLINK_SOCK_DIAG (sock_diag(7)), what <c>ss</c> shows.</summary>
/// <remarks>Every call may throw <see cref="SyscallException"/> (the socket), <see cref="NetlinkException"/> (ENOENT where the kernel has no
/// diagnostics for such sockets) and <see cref="NetlinkProtocolException"/> (bytes that make no sense).</remarks>
public sealed class SocketDiagnostics : IDisposable
{
    private const byte FamilyUnix = (byte)Socket.AF_UNIX;
    private const byte FamilyInet = (byte)Socket.AF_INET;
    private const byte FamilyInet6 = (byte)Socket.AF_INET6;
    private const byte FamilyNetlink = (byte)Socket.AF_NETLINK;
    private const byte FamilyPacket = (byte)Socket.AF_PACKET;
    private const byte AllNetlinkFamilies = 0xff;
    private const uint AllStates = uint.MaxValue;
    private readonly NetlinkSocket _socket;

    /// <summary>Speaks over a given socket, which it then owns.</summary>
    public SocketDiagnostics(NetlinkSocket socket) => _socket = socket;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public static SocketDiagnostics Open(NetlinkSocketOptions? options = null) => new(new NetlinkSocket((int)NETLINK.NETLINK_SOCK_DIAG, WithSchema(options)));

    /// <summary>Opens a socket inside a network namespace (/proc/PID/ns/net); the descriptor stays the caller's.</summary>
    public static SocketDiagnostics OpenIn(FileDescriptor netns, NetlinkSocketOptions? options = null) =>
        new(NetlinkSocket.OpenIn(netns, (int)NETLINK.NETLINK_SOCK_DIAG, WithSchema(options)));

    /// <summary>All sockets of a protocol, IPv4 and IPv6.</summary>
    public List<InetSocketInfo> ListInet(InetProtocol protocol) =>
        [.. ListInet(protocol, AddressFamily.InterNetwork), .. ListInet(protocol, AddressFamily.InterNetworkV6)];

    /// <summary>All sockets of a protocol and a family.</summary>
    public List<InetSocketInfo> ListInet(InetProtocol protocol, AddressFamily family)
    {
        var request = new inet_diag_req_v2
        {
            sdiag_family = family == AddressFamily.InterNetwork ? FamilyInet : FamilyInet6,
            sdiag_protocol = (byte)protocol,
            idiag_ext = (1 << ((int)INET_DIAG.INET_DIAG_SKMEMINFO - 1)) | (1 << ((int)INET_DIAG.INET_DIAG_SHUTDOWN - 1)),
            idiag_states = AllStates,
        };
        return Dump(request, message => InetSocketInfo.Parse(message, protocol), $"{protocol} {family}");
    }

    /// <summary>All unix sockets.</summary>
    public List<UnixSocketInfo> ListUnix()
    {
        const UDIAG_SHOW show = UDIAG_SHOW.UDIAG_SHOW_NAME | UDIAG_SHOW.UDIAG_SHOW_VFS | UDIAG_SHOW.UDIAG_SHOW_PEER
            | UDIAG_SHOW.UDIAG_SHOW_ICONS | UDIAG_SHOW.UDIAG_SHOW_RQLEN | UDIAG_SHOW.UDIAG_SHOW_MEMINFO;
        return Dump(new unix_diag_req { sdiag_family = FamilyUnix, udiag_states = AllStates, udiag_show = (uint)show }, UnixSocketInfo.Parse, "unix");
    }

    /// <summary>All netlink sockets, of every netlink family.</summary>
    public List<NetlinkSocketInfo> ListNetlink()
    {
        const NDIAG_SHOW show = NDIAG_SHOW.NDIAG_SHOW_MEMINFO | NDIAG_SHOW.NDIAG_SHOW_GROUPS | NDIAG_SHOW.NDIAG_SHOW_FLAGS;
        var request = new netlink_diag_req { sdiag_family = FamilyNetlink, sdiag_protocol = AllNetlinkFamilies, ndiag_show = (uint)show };

        // The kernel shows a member of a multicast group twice: among the bound sockets and among the members.
        return [.. Dump(request, NetlinkSocketInfo.Parse, "netlink").DistinctBy(socket => socket.Cookie)];
    }

    /// <summary>All packet sockets.</summary>
    public List<PacketSocketInfo> ListPacket()
    {
        const PACKET_SHOW show = PACKET_SHOW.PACKET_SHOW_INFO | PACKET_SHOW.PACKET_SHOW_MCLIST | PACKET_SHOW.PACKET_SHOW_RING_CFG
            | PACKET_SHOW.PACKET_SHOW_FANOUT | PACKET_SHOW.PACKET_SHOW_MEMINFO;
        return Dump(new netlink_diag_req { sdiag_family = FamilyPacket, ndiag_show = (uint)show }, PacketSocketInfo.Parse, "packet");
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    internal static ulong Cookie(uint low, uint high) => low | ((ulong)high << 32);

    internal static uint[] Numbers(Attribute<HostEndian> attribute) => attribute.Value.Length % sizeof(uint) == 0
        ? MemoryMarshal.Cast<byte, uint>(attribute.Value).ToArray()
        : throw new NetlinkProtocolException($"attribute {attribute.Type}: {attribute.Value.Length} bytes are no list of 32-bit numbers");

    private static NetlinkSocketOptions WithSchema(NetlinkSocketOptions? options) => (options ?? new()) with
    {
        Schema = new FamilySchema("sock_diag", type => type == (ushort)SOCK_DIAG.SOCK_DIAG_BY_FAMILY ? new MessageSchema("SOCK_DIAG_BY_FAMILY", 0) : null),
    };

    private List<T> Dump<TRequest, T>(in TRequest request, MessageParser<T> parse, string target)
        where TRequest : unmanaged
        where T : class
    {
        MessageBuffer buffer = new();
        using (buffer.Begin(SOCK_DIAG.SOCK_DIAG_BY_FAMILY, MessageFlags.None))
            buffer.WriteFixedHeader(request);
        return _socket.Dump(buffer, parse, $"of {target} sockets");
    }
}
