using LxcNative.Native.Handles;
using LxcNative.Native.Sockets;
using LxcNative.Native.Uapi;
using LxcNative.Orchestrator.Parts.Sockets;

namespace LxcNative.Orchestrator.Tests.Parts.Sockets;

public class KeptOptionsTests
{
    private const int Stream = 1, Datagram = 2;

    // The kernel lets nobody set these for a stream.
    private static readonly (int Level, int Name)[] s_ofDatagrams =
    [
        (SocketOptionNames.IPPROTO_IP, SocketOptionNames.IP_MULTICAST_IF), (SocketOptionNames.IPPROTO_IP, SocketOptionNames.IP_MULTICAST_TTL),
        (SocketOptionNames.IPPROTO_IPV6, SocketOptionNames.IPV6_MULTICAST_IF), (SocketOptionNames.IPPROTO_IPV6, SocketOptionNames.IPV6_MULTICAST_HOPS),
    ];

    public static TheoryData<int, int> Kinds =>
        new() { { Socket.AF_INET, Stream }, { Socket.AF_INET6, Stream }, { Socket.AF_INET, Datagram }, { Socket.AF_INET6, Datagram } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EachTakesWhatWasReadOfIt(int domain, int type)
    {
        using var socket = new SocketKind(domain, type, 0).Make();
        var read = KeptOptions.ByName.Values.Where(option => type == Datagram || !s_ofDatagrams.Contains((option.Level, option.Name)))
            .Select(option => (option, Value: option.TryRead(socket))).Where(one => one.Value is not null).ToList();
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
