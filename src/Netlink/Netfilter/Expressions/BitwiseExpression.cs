using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Destination = (source and mask) xor value. Shifts are kept as <see cref="UnknownExpression"/>.</summary>
/// <param name="Source">The register to read.</param>
/// <param name="Destination">The register to write.</param>
/// <param name="Mask">The mask.</param>
/// <param name="Xor">The value, as long as the mask.</param>
public sealed record BitwiseExpression(NFT_REG Source, NFT_REG Destination, ReadOnlyMemory<byte> Mask, ReadOnlyMemory<byte> Xor) : Expression
{
    internal const string Kind = "bitwise";

    /// <inheritdoc />
    public override string Name => Kind;

    internal static BitwiseExpression Parse(AttributeReader<BigEndian> data)
    {
        var bitwise = new BitwiseExpression(0, 0, default, default);
        foreach (var attribute in data)
        {
            bitwise = (NFTA_BITWISE)attribute.Type switch
            {
                NFTA_BITWISE.NFTA_BITWISE_SREG => bitwise with { Source = (NFT_REG)attribute.AsUInt32() },
                NFTA_BITWISE.NFTA_BITWISE_DREG => bitwise with { Destination = (NFT_REG)attribute.AsUInt32() },
                NFTA_BITWISE.NFTA_BITWISE_MASK => bitwise with { Mask = DataValue.Parse(attribute) },
                NFTA_BITWISE.NFTA_BITWISE_XOR => bitwise with { Xor = DataValue.Parse(attribute) },
                _ => bitwise,
            };
        }

        return bitwise.Mask.Length == bitwise.Xor.Length
            ? bitwise
            : throw new NetlinkProtocolException($"bitwise: a mask of {bitwise.Mask.Length} bytes, a value of {bitwise.Xor.Length}");
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_BITWISE.NFTA_BITWISE_SREG, (uint)Source);
        writer.Write(NFTA_BITWISE.NFTA_BITWISE_DREG, (uint)Destination);
        writer.Write(NFTA_BITWISE.NFTA_BITWISE_LEN, (uint)Mask.Length);
        writer.Write(NFTA_BITWISE.NFTA_BITWISE_OP, (uint)NFT_BITWISE.NFT_BITWISE_MASK_XOR);
        DataValue.Write(writer, NFTA_BITWISE.NFTA_BITWISE_MASK, Mask.Span);
        DataValue.Write(writer, NFTA_BITWISE.NFTA_BITWISE_XOR, Xor.Span);
    }
}
