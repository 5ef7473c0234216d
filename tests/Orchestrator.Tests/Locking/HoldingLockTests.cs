using System.Net;
using System.Net.Sockets;
using LxcNative.Native.Criu.Interop;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>A lock that holds packets instead of dropping them.</summary>
public sealed class HoldingLockTests : IDisposable
{
    private static readonly NetworkLockOptions s_holding = new() { Mode = NetworkLockMode.Hold };

    private readonly NamespacePair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatCameMeanwhileGoesOnInItsOrder(bool isAcquired)
    {
        using var held = isAcquired ? NetworkLock.Acquire(_pair.Container, s_holding) : NetworkLock.Prepare(_pair.Container, s_holding);
        Assert.Equal(NetworkLockMode.Hold, held.Mode);
        Assert.Null(held.WhyDropped);
        Assert.Empty(held.Limitations);
        using Flow inwards = new(_pair.Peer, NamespacePair.Peer4, _pair.Container, NamespacePair.Container4),
        outwards = new(_pair.Container, NamespacePair.Container4, _pair.Peer, NamespacePair.Peer4),
            inwards6 = new(_pair.Peer, NamespacePair.Peer6, _pair.Container, NamespacePair.Container6),
            inside = new(_pair.Container, IPAddress.Loopback, _pair.Container, IPAddress.Loopback);
        Flow[] flows = [inwards, outwards, inwards6, inside];
        if (!isAcquired)
            held.Engage();
        foreach (var flow in flows)
            flow.Send(1, 2, 3);
        foreach (var flow in flows)
            Assert.Empty(flow.Received());

        held.Release();
        foreach (var flow in flows)
            flow.Send(4);
        foreach (var flow in flows)
            Assert.Equal([1, 2, 3, 4], flow.Received(4));
        Assert.Equal(NetworkLockMode.Hold, held.Packets.Mode);
        Assert.Equal(held.Packets.Held, held.Packets.Released);
        Assert.InRange(held.Packets.Held, 15, 100);
        Assert.Equal(0, held.Packets.Overflowed);
    }

    [Fact]
    public void OnceItIsOpenEverythingPassesAndNothingIsLeftAfterwards()
    {
        using var held = NetworkLock.Prepare(_pair.Container, s_holding);
        Assert.Empty(NamespacePair.Ruleset(_pair.Container));
        held.Engage();
        using Flow inwards = new(_pair.Peer, NamespacePair.Peer4, _pair.Container, NamespacePair.Container4);
        inwards.Send(1);
        held.Open();
        inwards.Send(2);
        Assert.Equal([1, 2], inwards.Received(2));
        held.Clear();
        Assert.Empty(NamespacePair.Ruleset(_pair.Container));
        Assert.Empty(NamespacePair.Run(_pair.Container, "cat", "/proc/net/netfilter/nfnetlink_queue"));
        inwards.Send(3);
        Assert.Equal([3], inwards.Received(1));
        Assert.Throws<InvalidOperationException>(() => held.Engage());
    }

    [Fact]
    public void WhatIsHeldForOneWhoIsGoneIsDropped()
    {
        using Flow inwards = new(_pair.Peer, NamespacePair.Peer4, _pair.Container, NamespacePair.Container4);
        var held = NetworkLock.Prepare(_pair.Container, s_holding);
        held.Engage();
        inwards.Send(1, 2);
        held.Dispose();
        Assert.Empty(inwards.Received());
        Assert.Equal(0, held.Packets.Released);
        Assert.InRange(held.Packets.Held, 2, 10);
        Assert.Empty(NamespacePair.Ruleset(_pair.Container));
        inwards.Send(3);
        Assert.Equal([3], inwards.Received(1));
    }

    [Fact]
    public void WhatComesInIsHeldBeforeWhatGoesOut()
    {
        using var held = NetworkLock.Prepare(_pair.Container, s_holding);
        using Flow inwards = new(_pair.Peer, NamespacePair.Peer4, _pair.Container, NamespacePair.Container4),
            outwards = new(_pair.Container, NamespacePair.Container4, _pair.Peer, NamespacePair.Peer4);
        held.EngageIncoming();
        inwards.Send(1);
        outwards.Send(1);
        Assert.Empty(inwards.Received());
        Assert.Equal([1], outwards.Received(1));
        held.Engage();
        outwards.Send(2);
        Assert.Empty(outwards.Received());
        held.Release();
        Assert.Equal([1], inwards.Received(1));
        Assert.Equal([2], outwards.Received(1));
        Assert.Empty(NamespacePair.Ruleset(_pair.Container));
    }

    [Fact]
    public void OneThatWasTakenOverIsOpenedByWhoTookIt()
    {
        using Flow inwards = new(_pair.Peer, NamespacePair.Peer4, _pair.Container, NamespacePair.Container4);
        var first = NetworkLock.Prepare(_pair.Container, s_holding);
        first.Engage();
        using var second = NetworkLock.Adopt(CopyOf(first.Shared!), _pair.Container);
        inwards.Send(1, 2);
        first.Leave();
        first.Dispose();
        inwards.Send(3);
        Assert.Empty(inwards.Received());
        second.Release();
        inwards.Send(4);
        Assert.Equal([1, 2, 3, 4], inwards.Received(4));
        // The kernel's own reports of its multicast groups may be among them.
        Assert.InRange(second.Packets.Held, 3, 20);
        Assert.Equal(second.Packets.Held, second.Packets.Released);
        Assert.Empty(NamespacePair.Ruleset(_pair.Container));
        Assert.Empty(NamespacePair.Run(_pair.Container, "cat", "/proc/net/netfilter/nfnetlink_queue"));
    }

    [Fact]
    public void OneThatBothHaveLeftIsGone()
    {
        using Flow inwards = new(_pair.Peer, NamespacePair.Peer4, _pair.Container, NamespacePair.Container4);
        var first = NetworkLock.Prepare(_pair.Container, s_holding);
        first.Engage();
        var second = NetworkLock.Adopt(CopyOf(first.Shared!), _pair.Container);
        second.Leave();
        inwards.Send(1);
        Assert.Empty(inwards.Received());
        Assert.NotEmpty(NamespacePair.Ruleset(_pair.Container));
        Assert.NotNull(NetworkLock.Find(_pair.Container));
        first.Leave();
        // A program that another test starts just then has the descriptors until it is executed.
        SpinWait.SpinUntil(() => NamespacePair.Ruleset(_pair.Container).Length == 0, TimeSpan.FromSeconds(10));
        Assert.Empty(NamespacePair.Ruleset(_pair.Container));
        inwards.Send(2);
        Assert.Equal([2], inwards.Received(1));
        NetworkLock.Acquire(_pair.Container).Dispose();
    }

    private static SharedLock CopyOf(SharedLock held) => held with
    {
        Rules = DescriptorCalls.Duplicate(held.Rules),
        Queue = DescriptorCalls.Duplicate(held.Queue),
        Counts = held.Counts is { } counts ? DescriptorCalls.Duplicate(counts) : null,
    };

    [Fact]
    public void AddressesOfNeighboursAreAnsweredMeanwhileAndNothingElseGoesOut()
    {
        using var held = NetworkLock.Acquire(_pair.Container, s_holding);
        // What is not IP has nobody to be held for.
        Assert.Equal(["88b5", "arp"], Traffic.KindsThatLeave(_pair, "88b5", "arp"));
    }

    [Fact]
    public void MarkedPacketsPass()
    {
        using var held = NetworkLock.Acquire(_pair.Container, s_holding);
        Assert.True(Traffic.Passes(_pair.Container, NamespacePair.Container4, _pair.Peer, NamespacePair.Peer4, isMarked: true));
        Assert.True(Traffic.Passes(_pair.Container, IPAddress.Loopback, _pair.Container, IPAddress.Loopback, isMarked: true));
    }

    [Fact]
    public void WhatABridgeInsideForwardsIsStopped()
    {
        var beyond = NamespacePair.New();
        using (beyond)
        {
            NamespacePair.Run(_pair.Container, "ip", "link add br0 type bridge forward_delay 0");
            NamespacePair.Run(_pair.Container, "ip", $"link add inner type veth peer name eth0 netns {NamespacePair.PathOf(beyond)}");
            NamespacePair.Run(_pair.Container, "ip", "address flush dev eth0");
            foreach (var port in (string[])["eth0", "inner"])
                NamespacePair.Run(_pair.Container, "ip", $"link set {port} master br0 up");
            NamespacePair.Run(_pair.Container, "ip", "link set br0 up");
            NamespacePair.Run(beyond, "ip", "address add 10.77.0.3/24 dev eth0");
            NamespacePair.Run(beyond, "ip", "link set eth0 up");
            var inner = IPAddress.Parse("10.77.0.3");
            Assert.True(SpinWait.SpinUntil(() => Traffic.Passes(_pair.Peer, NamespacePair.Peer4, beyond, inner, isExpected: false), TimeSpan.FromSeconds(10)));
            using var held = NetworkLock.Prepare(_pair.Container, s_holding);
            Assert.Empty(held.Limitations);
            held.Engage();
            Assert.False(Traffic.Passes(_pair.Peer, NamespacePair.Peer4, beyond, inner, isExpected: false));
            held.Release();
            Assert.True(Traffic.Passes(_pair.Peer, NamespacePair.Peer4, beyond, inner));
            Assert.Empty(NamespacePair.Ruleset(_pair.Container));
        }
    }

    [Fact]
    public void WhatIsMoreThanItHoldsIsCounted()
    {
        using var held = NetworkLock.Acquire(_pair.Container, s_holding);
        using var receiver = NamespacePair.Udp(_pair.Container, IPAddress.Loopback);
        for (var sent = 0; sent < NetworkLock.HeldPackets + 100; sent += 100)
        {
            using var sender = NamespacePair.Udp(_pair.Container, IPAddress.Loopback);
            for (var burst = 0; burst < 100; burst++)
                Ignore(() => sender.SendTo([1], receiver.LocalEndPoint!));
        }

        held.Release();
        Assert.InRange(held.Packets.Overflowed, 8, long.MaxValue);
        Assert.InRange(held.Packets.Held, NetworkLock.HeldPackets, long.MaxValue);
    }

    [Fact]
    public void OneThatOutlivesItsProcessCannotHold()
    {
        var options = s_holding with { DiesWithOwner = false };
        Assert.Throws<ArgumentException>(() => NetworkLock.Prepare(_pair.Container, options));
        Assert.Throws<ArgumentException>(() => NetworkLock.Acquire(_pair.Container, options));
    }

    [Fact]
    public void WithoutNfTablesItDropsAndSaysWhy()
    {
        using var held = NetworkLock.Prepare(_pair.Container, s_holding, [LockCandidate.Xtables]);
        Assert.Equal(NetworkLockMode.Drop, held.Mode);
        Assert.NotNull(held.WhyDropped);
    }

    // A full queue is the sender's error where it is on this machine.
    private static void Ignore(Action send)
    {
        try
        {
            send();
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.NoBufferSpaceAvailable or SocketError.AccessDenied)
        {
        }
    }

    /// <summary>Datagrams of a byte from one socket to another.</summary>
    private sealed class Flow : IDisposable
    {
        private readonly Socket _sender;
        private readonly Socket _receiver;

        public Flow(FileDescriptor from, IPAddress source, FileDescriptor to, IPAddress destination) =>
            (_sender, _receiver) = (NamespacePair.Udp(from, source), NamespacePair.Udp(to, destination));

        public void Send(params byte[] numbers)
        {
            foreach (var number in numbers)
                _sender.SendTo([number], _receiver.LocalEndPoint!);
        }

        /// <summary>What came; as many as are expected are waited for, as long as a busy machine takes.</summary>
        public List<byte> Received(int expected = 0)
        {
            List<byte> all = [];
            var one = new byte[1];
            while (_receiver.Poll(all.Count < expected ? 10_000_000 : 300_000, SelectMode.SelectRead))
            {
                _receiver.Receive(one);
                all.Add(one[0]);
            }

            return all;
        }

        public void Dispose()
        {
            _sender.Dispose();
            _receiver.Dispose();
        }
    }
}
