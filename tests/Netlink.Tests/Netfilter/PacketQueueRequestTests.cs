using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Netfilter.Expressions;
using LxcNative.Netlink.Netfilter.Queues;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Netfilter;

/// <summary>The messages of queues byte for byte, as linux/netfilter/nfnetlink_queue.h lays them out.</summary>
public sealed class PacketQueueRequestTests
{
    [Fact]
    public void AQueueIsBoundWithItsModeLimitAndFlags() => AssertMessage(0x302, messages => PacketQueueRequests.WriteBind(messages, 0xC114, 8192), """
        00 00 c1 14                      // nfgenmsg: AF_UNSPEC, version 0, queue
        08 00 01 00 01 00 00 00          // NFQA_CFG_CMD: BIND
        09 00 02 00 00 00 00 00 01 00 00 00 // NFQA_CFG_PARAMS: range 0, NFQNL_COPY_META
        08 00 03 00 00 00 20 00          // NFQA_CFG_QUEUE_MAXLEN
        08 00 04 00 00 00 00 04          // NFQA_CFG_MASK: GSO
        08 00 05 00 00 00 00 04          // NFQA_CFG_FLAGS: GSO
        """);

    [Fact]
    public void AnOpenQueueIsAlwaysFullAndLetsPass() => AssertMessage(0x302, messages => PacketQueueRequests.WriteOpen(messages, 7), """
        00 00 00 07
        08 00 03 00 00 00 00 00
        08 00 04 00 00 00 00 01          // FAIL_OPEN
        08 00 05 00 00 00 00 01
        """);

    [Fact]
    public void AVerdictIsForAllThatWait() => AssertMessage(0x303, messages => PacketQueueRequests.WriteVerdict(messages, 7, Verdict.Accept), """
        00 00 00 07
        0c 00 02 00 00 00 00 01 7f ff ff ff
        """);

    /// <summary>What nft 1.0.6 sends for <c>queue num 49428</c> but for the attribute of flags, which it leaves out when there are none.</summary>
    [Fact]
    public void TheQueueExpression() => AssertData(new QueueExpression(0xC114), "06 00 01 00 c1 14 00 00 06 00 02 00 00 01 00 00 06 00 03 00 00 00 00 00");

    /// <summary>What iptables-nft 1.8.9 sends for <c>-j NFQUEUE --queue-num 1</c>, revision 0.</summary>
    [Fact]
    public void TheTargetExpressionHasItsNumberInHostByteOrder() => AssertData(
        TargetExpression.Queue(0xC114),
        $"0c 00 01 00 4e 46 51 55 45 55 45 00 08 00 02 00 00 00 00 00 0c 00 03 00 {(BitConverter.IsLittleEndian ? "14 c1" : "c1 14")} 00 00 00 00 00 00");

    [Fact]
    public void CountsAreReadFromTheirLine()
    {
        const string file = "    7  48213     2 1     0     0     0        9  1\n49428  48213     3 1     0     4     1       12  1\n";
        Assert.Equal(new PacketQueueCounts(9, 2, 0), PacketQueueCounts.Parse(file, 7));
        Assert.Equal(new PacketQueueCounts(11, 3, 5), PacketQueueCounts.Parse(file, 49428));
        Assert.Null(PacketQueueCounts.Parse(file, 8));
        Assert.Null(PacketQueueCounts.Parse("7 a b c d e f g h\n7\n", 7));
        Assert.Null(PacketQueueCounts.Parse("", 7));
    }

    private static void AssertMessage(ushort type, Action<MessageBuffer> write, string payload)
    {
        var messages = new MessageBuffer();
        write(messages);
        var count = 0;
        foreach (var message in messages.Messages)
        {
            Assert.Equal(type, message.Header.Type);
            Assert.Equal(Convert.ToHexStringLower(Hex.Parse(payload)), Convert.ToHexStringLower(message.Payload));
            count++;
        }

        Assert.Equal(1, count);
    }

    private static void AssertData(Expression expression, string data)
    {
        var buffer = new MessageBuffer();
        expression.WriteData(buffer.AttributesIn<BigEndian>());
        Assert.Equal(Convert.ToHexStringLower(Hex.Parse(data)), Convert.ToHexStringLower(buffer.Written));
    }
}
