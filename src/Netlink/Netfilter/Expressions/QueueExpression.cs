using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Puts the packet into a queue of nfnetlink_queue (<c>queue</c>).</summary>
/// <param name="Number">The first queue.</param>
/// <param name="Total">How many there are, among which packets are spread.</param>
/// <param name="Flags">NFT_QUEUE_FLAG_BYPASS (1): where nobody has bound the queue the packet passes; NFT_QUEUE_FLAG_CPU_FANOUT (2).</param>
internal sealed record QueueExpression(ushort Number, ushort Total = 1, ushort Flags = 0) : Expression
{
    internal const string Kind = "queue";

    /// <inheritdoc />
    public override string Name => Kind;

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_QUEUE.NFTA_QUEUE_NUM, Number);
        writer.Write(NFTA_QUEUE.NFTA_QUEUE_TOTAL, Total);
        writer.Write(NFTA_QUEUE.NFTA_QUEUE_FLAGS, Flags);
    }
}
