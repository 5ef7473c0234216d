using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Loads a constant into a register, or gives a verdict.</summary>
public sealed record ImmediateExpression : Expression
{
    internal const string Kind = "immediate";

    /// <summary>Gives a verdict.</summary>
    public ImmediateExpression(Verdict verdict)
    {
        Destination = NFT_REG.NFT_REG_VERDICT;
        Verdict = verdict;
    }

    /// <summary>Loads a constant.</summary>
    public ImmediateExpression(NFT_REG destination, ReadOnlyMemory<byte> value)
    {
        Destination = destination;
        Value = value;
    }

    /// <inheritdoc />
    public override string Name => Kind;

    /// <summary>The register; NFT_REG_VERDICT for a verdict.</summary>
    public NFT_REG Destination { get; }

    /// <summary>The verdict, if it is one.</summary>
    public Verdict? Verdict { get; }

    /// <summary>The constant, if it is one.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    internal static ImmediateExpression Parse(AttributeReader<BigEndian> data)
    {
        if (!data.TryFind((ushort)NFTA_IMMEDIATE.NFTA_IMMEDIATE_DREG, out var register)
            || !data.TryFind((ushort)NFTA_IMMEDIATE.NFTA_IMMEDIATE_DATA, out var nest))
        {
            throw new NetlinkProtocolException("immediate: register or data is missing");
        }

        return nest.AsNest().TryFind((ushort)NFTA_DATA.NFTA_DATA_VERDICT, out var verdict)
            ? new ImmediateExpression(Netfilter.Verdict.Parse(verdict))
            : new ImmediateExpression((NFT_REG)register.AsUInt32(), DataValue.Parse(nest));
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_IMMEDIATE.NFTA_IMMEDIATE_DREG, (uint)Destination);
        if (Verdict is { } verdict)
        {
            using (writer.Nest(NFTA_IMMEDIATE.NFTA_IMMEDIATE_DATA))
                verdict.Write(writer);
        }
        else
        {
            DataValue.Write(writer, NFTA_IMMEDIATE.NFTA_IMMEDIATE_DATA, Value.Span);
        }
    }
}
