using System.Net;
using System.Net.Sockets;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.SockDiag;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Tests.Live;

namespace LxcNative.Netlink.Tests.SockDiag;

/// <summary>Sockets in a network namespace of the test's own, as we list them and as <c>ss</c> does.</summary>
public sealed class SocketDiagnosticsLiveTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void TcpSocketsAreWhatSsShows(string text)
    {
        using var here = Up();
        var address = IPAddress.Parse(text);
        using var listener = Make(here, address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen(7);
        using var client = Make(here, address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.SetRawSocketOption(1, 36, BitConverter.GetBytes(0xC114));
        client.Connect(listener.LocalEndPoint!);
        using var server = listener.Accept();
        using var waiting = Make(here, address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        waiting.Connect(listener.LocalEndPoint!);
        client.Send(new byte[1234]);
        Assert.True(SpinWait.SpinUntil(() => server.Available == 1234, TimeSpan.FromSeconds(20)));

        using var diagnostics = SocketDiagnostics.OpenIn(here.Descriptor);
        var sockets = diagnostics.ListInet(InetProtocol.Tcp);
        var listening = Assert.Single(sockets, socket => socket.State == SocketState.Listen);
        Assert.Equal((listener.LocalEndPoint, 1u, 7u), (listening.Local, listening.ReceiveQueue, listening.SendQueue));
        var accepted = Assert.Single(sockets, socket => socket.Inode == Inode(server));
        Assert.Equal((SocketState.Established, 1234u, server.LocalEndPoint, server.RemoteEndPoint),
            (accepted.State, accepted.ReceiveQueue, accepted.Local, accepted.Remote));
        var marked = Assert.Single(sockets, socket => socket.Mark == 0xC114);
        Assert.Equal((Inode(client), client.LocalEndPoint), (marked.Inode, marked.Local));
        Assert.NotEmpty(marked.Memory);

        // An acknowledgement may come between the looks.
        string[] ours = [], shown = [];
        SpinWait.SpinUntil(
            () =>
            {
                ours = [.. diagnostics.ListInet(InetProtocol.Tcp)
                    .Select(socket => $"{socket.ReceiveQueue} {socket.SendQueue} {socket.Inode} {socket.Cookie:x}").Order()];
                shown = [.. here.Run("ss -Htanie").Split('\n').Where(line => line.Contains("ino:", StringComparison.Ordinal))
                    .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Select(words => $"{words[1]} {words[2]} {After(words, "ino:") ?? "0"} {After(words, "sk:")}").Order()];
                return ours.SequenceEqual(shown);
            },
            TimeSpan.FromSeconds(20));
        Assert.Equal(ours, shown);
    }

    [Fact]
    public void UdpSocketsHaveTheirQueues()
    {
        using var here = Up();
        using var receiver = Make(here, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var sender = Make(here, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.SendTo(new byte[100], receiver.LocalEndPoint!);
        Assert.True(receiver.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
        using var diagnostics = SocketDiagnostics.OpenIn(here.Descriptor);
        var waiting = Assert.Single(diagnostics.ListInet(InetProtocol.Udp), socket => socket.Inode == Inode(receiver));
        Assert.Equal(SocketState.Closed, waiting.State);
        Assert.True(waiting.ReceiveQueue >= 100);
    }

    [Fact]
    public void UnixSocketsHaveNamesPeersAndQueues()
    {
        using var here = Up();
        var path = Path.Combine(Path.GetTempPath(), $"lxcnative-{Guid.NewGuid():n}");
        var name = $"\0lxcnative-{Guid.NewGuid():n}";
        try
        {
            using var listener = Make(here, AddressFamily.Unix, SocketType.Stream, 0);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(5);
            using var client = Make(here, AddressFamily.Unix, SocketType.Stream, 0);
            client.Connect(new UnixDomainSocketEndPoint(path));
            using var server = listener.Accept();
            using var waiting = Make(here, AddressFamily.Unix, SocketType.Stream, 0);
            waiting.Connect(new UnixDomainSocketEndPoint(path));
            client.Send(new byte[77]);
            using var named = Make(here, AddressFamily.Unix, SocketType.Dgram, 0);
            named.Bind(new UnixDomainSocketEndPoint(name));

            using var diagnostics = SocketDiagnostics.OpenIn(here.Descriptor);
            var sockets = diagnostics.ListUnix().ToDictionary(socket => socket.Inode);
            var listening = sockets[Inode(listener)];
            Assert.Equal((SocketState.Listen, 1, 1u, 5u), (listening.State, listening.Type, listening.ReceiveQueue, listening.SendQueue));
            Assert.Equal(path, Encoding.UTF8.GetString(listening.Name.Span).TrimEnd('\0'));
            Assert.NotNull(listening.File);
            Assert.NotEqual(0u, Assert.Single(listening.PendingInodes));
            Assert.Equal((SocketState.Established, 77u, Inode(client)),
                (sockets[Inode(server)].State, sockets[Inode(server)].ReceiveQueue, sockets[Inode(server)].PeerInode));
            Assert.True(sockets[Inode(named)].IsAbstract);
            Assert.Equal(name, Encoding.UTF8.GetString(sockets[Inode(named)].Name.Span));
            Assert.Contains(path, here.Run("ss -Hxal"), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void NetlinkSocketsHaveGroupsAndQueues()
    {
        using var here = Up();
        using var listener = NetlinkSocket.OpenIn(here.Descriptor, 0);
        listener.JoinGroup(1);
        listener.JoinGroup(34);
        here.Run("ip link add veth0 type veth peer name veth1");
        using var diagnostics = SocketDiagnostics.OpenIn(here.Descriptor);
        var listed = Assert.Single(diagnostics.ListNetlink(), socket => socket.Family == 0 && socket.PortId == listener.PortId);
        Assert.Equal([1, 34], listed.Groups);
        Assert.True(listed.ReceiveQueue > 0);
    }

    [Fact]
    public void PacketSocketsHaveTheirDevice()
    {
        using var here = Up();
        using var packet = Make(here, AddressFamily.Packet, SocketType.Raw, (ProtocolType)IPAddress.HostToNetworkOrder((short)0x0806));
        using var diagnostics = SocketDiagnostics.OpenIn(here.Descriptor);
        var listed = Assert.Single(diagnostics.ListPacket());
        Assert.Equal((3, 0x0806, Inode(packet), 0u, false), (listed.Type, listed.Protocol, listed.Inode, listed.InterfaceIndex, listed.HasRing));
    }

    [Fact]
    public void RawSocketsAreListedOrTheirAbsenceIsTold()
    {
        using var here = Up();
        using var raw = Make(here, AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        using var diagnostics = SocketDiagnostics.OpenIn(here.Descriptor);
        try
        {
            Assert.Contains(diagnostics.ListInet(InetProtocol.Raw, AddressFamily.InterNetwork), socket => socket.Inode == Inode(raw));
        }
        catch (NetlinkException absent)
        {
            Assert.Equal(Errno.ENOENT, absent.Errno);
            Assert.Contains("of Raw InterNetwork sockets", absent.Message, StringComparison.Ordinal);
        }
    }

    private static TestNamespace Up()
    {
        var made = new TestNamespace();
        made.Run("ip link set lo up");
        return made;
    }

    private static Socket Make(TestNamespace here, AddressFamily family, SocketType type, ProtocolType protocol) =>
        NamespaceThread.Run(() => new Socket(family, type, protocol), here.Descriptor);

    private static uint Inode(Socket socket)
    {
        var link = new FileInfo($"/proc/self/fd/{(int)socket.Handle}").LinkTarget!;
        return uint.Parse(link["socket:[".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? After(string[] words, string prefix) =>
        words.FirstOrDefault(word => word.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
}
