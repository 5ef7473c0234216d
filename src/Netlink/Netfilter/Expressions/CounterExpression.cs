using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Counts what comes this far.</summary>
/// <param name="Packets">Packets so far, or to begin with.</param>
/// <param name="Bytes">Bytes so far, or to begin with.</param>
public sealed record CounterExpression(ulong Packets = 0, ulong Bytes = 0) : Expression
{
    internal const string Kind = "counter";

    /// <inheritdoc />
    public override string Name => Kind;

    internal static CounterExpression Parse(AttributeReader<BigEndian> data)
    {
        var counter = new CounterExpression();
        foreach (var attribute in data)
        {
            if ((NFTA_COUNTER)attribute.Type == NFTA_COUNTER.NFTA_COUNTER_BYTES)
                counter = counter with { Bytes = attribute.AsUInt64() };
            else if ((NFTA_COUNTER)attribute.Type == NFTA_COUNTER.NFTA_COUNTER_PACKETS)
                counter = counter with { Packets = attribute.AsUInt64() };
        }

        return counter;
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_COUNTER.NFTA_COUNTER_BYTES, Bytes);
        writer.Write(NFTA_COUNTER.NFTA_COUNTER_PACKETS, Packets);
    }
}
