using System.Net.Sockets;
using System.Text.Json;
using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Locks;

/// <summary>What comes while a container stands still is not lost.</summary>
public class HeldPacketsTests
{
    private const int Checkpoints = 10;

    /// <summary>What takes longer than a client's retransmission timer may be sent again, held or not.</summary>
    private const long RetransmissionTimer = 190_000;

    [Fact]
    public void RequestsOfAContainerThatRunsOnAreAnsweredWithoutBeingSentAgain()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        using var stream = RequestClient.Start(container.Ipv4, payload.Port + 1, ProtocolType.Tcp);
        using var datagrams = RequestClient.Start(container.Ipv4, payload.Port + 2, ProtocolType.Udp);
        var (held, again) = (0L, 0U);
        var limit = Limit(container);
        for (var i = 0; i < Checkpoints; i++)
        {
            stream.RequireAnswers(5);
            // An answer that is on its way when the pre-flight looks is in its socket, and taken for a datagram that is being put together.
            var before = stream.Retransmissions;
            var result = Cycle.Checkpoint(container, images[$"{i}"], "--leave-running", "--force");
            // At other times it is the machine that holds them up.
            again += Pause(result) > RetransmissionTimer ? 0 : stream.Retransmissions - before;
            var packets = result.GetProperty("packets");
            Assert.Equal("hold", packets.GetProperty("mode").GetString());
            Assert.Equal(packets.GetProperty("held").GetInt64(), packets.GetProperty("released").GetInt64());
            Assert.Equal(0, packets.GetProperty("overflowed").GetInt64());
            Assert.DoesNotContain(result.GetProperty("warnings").EnumerateArray(),
                warning => warning.GetString()!.Contains("are dropped", StringComparison.Ordinal));
            held += packets.GetProperty("held").GetInt64();
            Assert.Equal("", container.Inside("net", "nft", "list", "ruleset").OrThrow().Output);
            Assert.Equal("", container.Inside("net", "cat", "/proc/net/netfilter/nfnetlink_queue").OrThrow().Output);
            Assert.Equal(limit, Limit(container));
            // A datagram that was lost is never answered: its client would stand still from here on.
            datagrams.RequireAnswers(5);
        }

        Assert.True(held > 0, "no packet came meanwhile, so nothing was shown");
        Assert.True(again == 0, $"{again} retransmissions in pauses that were shorter than it takes for one");
    }

    [Fact]
    public void DroppedTheyAreSentAgain()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        using var stream = RequestClient.Start(container.Ipv4, payload.Port + 1, ProtocolType.Tcp);
        for (var i = 0; i < 5 * Checkpoints && stream.Retransmissions == 0; i++)
        {
            stream.RequireAnswers(5);
            var packets = Cycle.Checkpoint(container, images[$"{i}"], "--leave-running", "--lock", "drop").GetProperty("packets");
            Assert.Equal("drop", packets.GetProperty("mode").GetString());
            stream.RequireAnswers(5);
        }

        Assert.NotEqual(0u, stream.Retransmissions);
    }

    [Fact]
    public void WhatComesWhileAContainerIsRestoredIsAnsweredByIt()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        using var stream = RequestClient.Start(container.Ipv4, payload.Port + 1, ProtocolType.Tcp);
        var held = 0L;
        for (var i = 0; i < 5 * Checkpoints && held == 0; i++)
        {
            stream.RequireAnswers(5);
            var gone = Cycle.Checkpoint(container, images[$"{i}"]).GetProperty("packets");
            Assert.Equal(0, gone.GetProperty("released").GetInt64());
            var packets = Cycle.Restore(container, images[$"{i}"]).GetProperty("packets");
            Assert.Equal("hold", packets.GetProperty("mode").GetString());
            Assert.Equal(packets.GetProperty("held").GetInt64(), packets.GetProperty("released").GetInt64());
            held = packets.GetProperty("held").GetInt64();
            stream.RequireAnswers(5);
            Assert.Equal("", container.Inside("net", "nft", "list", "ruleset").OrThrow().Output);
            Assert.Equal("", container.Inside("net", "cat", "/proc/net/netfilter/nfnetlink_queue").OrThrow().Output);
        }

        Assert.True(held > 0, "no packet came meanwhile, so nothing was shown");
    }

    private static string Limit(LxcContainer container) => container.Inside("net", "cat", "/proc/sys/net/ipv4/tcp_invalid_ratelimit").OrThrow().Output;

    private static long Pause(JsonElement result) => result.GetProperty("timings").GetProperty("pause").GetInt64();
}
