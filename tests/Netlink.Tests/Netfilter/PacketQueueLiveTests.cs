using System.Net;
using System.Net.Sockets;
using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Netfilter.Expressions;
using LxcNative.Netlink.Netfilter.Queues;
using LxcNative.Netlink.Tests.Live;

namespace LxcNative.Netlink.Tests.Netfilter;

/// <summary>Datagrams over loopback, held in a queue.</summary>
public sealed class PacketQueueLiveTests : IDisposable
{
    private readonly TestNamespace _here = new();
    private readonly NetfilterSocket _rules;
    private readonly Socket _sender;
    private readonly Socket _receiver;

    public PacketQueueLiveTests()
    {
        _here.Run("ip link set lo up");
        _rules = NetfilterSocket.OpenIn(_here.Descriptor);
        (_sender, _receiver) = NamespaceThread.Run(() => (Udp(), Udp()), _here.Descriptor);
        _sender.Connect(_receiver.LocalEndPoint!);
    }

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
        _rules.Dispose();
        _here.Dispose();
    }

    [Fact]
    public void WhatIsHeldGoesOnInItsOrderAndTheRestPasses()
    {
        using var queue = PacketQueue.Bind(_here.Descriptor, 100);
        Hold(queue.Number);
        for (byte number = 0; number < 50; number++)
            _sender.Send([number]);
        Assert.False(Arrives(out _, 100));

        queue.Open();
        _sender.Send([50]);
        for (byte number = 0; number <= 50; number++)
        {
            Assert.True(Arrives(out var arrived, 20_000));
            Assert.Equal(number, arrived);
        }

        // Each came twice: where it was made, and where it arrived.
        Assert.Equal(new PacketQueueCounts(100, 0, 0), queue.ReadCounts());
    }

    [Fact]
    public void WhatIsBeyondTheLimitIsDroppedAndCounted()
    {
        using var queue = PacketQueue.Bind(_here.Descriptor, 3);
        Hold(queue.Number);
        for (byte number = 0; number < 5; number++)
            _sender.Send([number]);
        Assert.Equal(new PacketQueueCounts(3, 3, 2), queue.ReadCounts());
        queue.Open();
        for (byte number = 0; number < 3; number++)
            Assert.True(Arrives(out var arrived, 20_000) && arrived == number);
        Assert.False(Arrives(out _, 100));
    }

    [Fact]
    public void ManyPacketsDoNotFillTheSocket()
    {
        const int many = 4000;
        using var queue = PacketQueue.Bind(_here.Descriptor, many);
        _rules.Execute(Rules("output", InetHook.Output, queue.Number));
        // Every datagram waits in the queue as its sender's, up to its send buffer.
        for (var number = 0; number < many;)
        {
            using var one = NamespaceThread.Run(Udp, _here.Descriptor);
            one.Connect(_receiver.LocalEndPoint!);
            for (var burst = 0; burst < 100; burst++, number++)
                one.Send([1]);
        }

        Assert.Equal(new PacketQueueCounts(many, many, 0), queue.ReadCounts());
        queue.Open();
        Assert.True(Arrives(out _, 20_000));
    }

    [Fact]
    public void ANumberThatIsTakenIsPassedOver()
    {
        using var first = PacketQueue.Bind(_here.Descriptor, 1);
        using var second = PacketQueue.Bind(_here.Descriptor, 1);
        Assert.NotEqual(first.Number, second.Number);
    }

    [Fact]
    public void NothingIsLeftOfAQueue()
    {
        using (var queue = PacketQueue.Bind(_here.Descriptor, 10))
        {
            Hold(queue.Number);
            _sender.Send([1]);
            Assert.NotEmpty(_here.Run("cat /proc/net/netfilter/nfnetlink_queue"));
        }

        Assert.Empty(_here.Run("cat /proc/net/netfilter/nfnetlink_queue"));
        _rules.Execute(new Batch().Delete(new Table(TableFamily.Inet, "t")));
        _sender.Send([2]);
        Assert.True(Arrives(out var arrived, 20_000));
        Assert.Equal(2, arrived);
    }

    private static Socket Udp()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private bool Arrives(out byte first, int milliseconds)
    {
        first = 0;
        if (!_receiver.Poll(milliseconds * 1000, SelectMode.SelectRead))
            return false;
        var buffer = new byte[1];
        _receiver.Receive(buffer);
        first = buffer[0];
        return true;
    }

    private void Hold(ushort queue) =>
        _rules.Execute(Rules("output", InetHook.Output, queue).Add(Chain("prerouting", InetHook.Prerouting)).Add(Rule("prerouting", Queue(queue))));

    private Batch Rules(string chain, InetHook hook, ushort queue) =>
        new Batch().Add(new Table(TableFamily.Inet, "t")).Add(Chain(chain, hook)).Add(Rule(chain, Queue(queue)));

    private static Chain Chain(string name, InetHook hook) => new(TableFamily.Inet, "t", name)
    {
        Hook = new ChainHook(hook, int.MinValue),
        Policy = Verdict.Accept,
    };

    private static Rule Rule(string chain, Expression expression) => new(TableFamily.Inet, "t", chain) { Expressions = [expression] };

    /// <summary>Whichever of both this kernel has.</summary>
    private Expression Queue(ushort queue)
    {
        var probe = new Batch().Add(new Table(TableFamily.Inet, "probe"))
            .Add(new Chain(TableFamily.Inet, "probe", "c") { Hook = new ChainHook(InetHook.Output, 0) })
            .Add(new Rule(TableFamily.Inet, "probe", "c") { Expressions = [new QueueExpression(queue)] });
        try
        {
            _rules.Validate(probe);
            return new QueueExpression(queue);
        }
        catch (BatchException refusal) when (refusal.Errno == Errno.ENOENT)
        {
            return TargetExpression.Queue(queue);
        }
    }
}
