using System.Net;
using System.Net.Sockets;
using LxcNative.Native.Handles;
using LxcNative.Native.Sockets;
using LxcNative.Native.Uapi;
using LxcNative.Orchestrator.Parts.Sockets;
using Socket = LxcNative.Native.Uapi.Socket;

namespace LxcNative.Orchestrator.Tests.Parts.Sockets;

public class KeptOptionsTests
{
    private const int Stream = 1, Datagram = 2;

    public static TheoryData<int, int> Kinds =>
        new() { { Socket.AF_INET, Stream }, { Socket.AF_INET6, Stream }, { Socket.AF_INET, Datagram }, { Socket.AF_INET6, Datagram } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EachTakesWhatWasReadOfIt(int domain, int type)
    {
        var kind = new SocketKind(domain, type, 0);
        using var socket = kind.Make();
        var read = KeptOptions.Of(kind).Select(option => (option, Value: option.TryRead(socket))).Where(one => one.Value is not null).ToList();
        Assert.True(read.Count > 25, $"{read.Count}");
        Assert.All(read, one =>
        {
            one.option.Set(socket, one.Value);
            Assert.Equal(one.Value, one.option.TryRead(socket));
        });
    }

    [Theory]
    [InlineData(SocketOptionNames.IPPROTO_TCP, SocketOptionNames.TCP_USER_TIMEOUT, 12_345)]
    [InlineData(SocketOptionNames.IPPROTO_TCP, SocketOptionNames.TCP_DEFER_ACCEPT, 7)]
    [InlineData(SocketOptionNames.IPPROTO_TCP, SocketOptionNames.TCP_NOTSENT_LOWAT, 4096)]
    [InlineData(SocketOptionNames.IPPROTO_IP, SocketOptionNames.IP_MINTTL, 3)]
    [InlineData(SocketOptionNames.SOL_SOCKET, SocketOptionNames.SO_MARK, 77)]
    public void WhatAProgramSetIsReadAndSetAgain(int level, int name, int value)
    {
        var option = KeptOptions.ByName[(level, name)];
        using FileDescriptor first = new SocketKind(Socket.AF_INET, Stream, 0).Make(), second = new SocketKind(Socket.AF_INET, Stream, 0).Make();
        option.Set(first, BitConverter.GetBytes(value));
        var kept = option.TryRead(first);
        Assert.NotEqual(kept, option.TryRead(second));
        option.Set(second, kept);
        Assert.Equal(kept, option.TryRead(second));
    }

    // Through IPv6, as most servers listen: the kernel gives the new socket what it noted of the connection.
    [Fact]
    public void NothingWasSetForAConnectionThatWasMerelyAccepted()
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
        using var accepted = listener.AcceptSocket();
        using var socket = new FileDescriptor((int)accepted.Handle, ownsHandle: false);
        var kind = SocketKind.TryRead(socket)!.Value;
        using var other = kind.Make();

        Assert.All(KeptOptions.Of(kind), option => Assert.Equal(option.TryRead(other), option.TryRead(socket)));
    }

    [Fact]
    public void APriorityIsSetAfterTheServiceThatSetsOne() =>
        Assert.True(
            Position(SocketOptionNames.SOL_SOCKET, SocketOptionNames.SO_PRIORITY) > Position(SocketOptionNames.IPPROTO_IP, SocketOptionNames.IP_TOS));

    [Fact]
    public void WhatIsNoSocketHasNone()
    {
        using var file = new FileDescriptor(0, ownsHandle: false);
        Assert.Null(SocketKind.TryRead(file));
    }

    private static int Position(int level, int name) => KeptOptions.ByName.Keys.ToList().IndexOf((level, name));
}
