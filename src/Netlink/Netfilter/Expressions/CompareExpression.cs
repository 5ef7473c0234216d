using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Compares a register with a value and ends the rule when the comparison is false (<c>cmp</c>).</summary>
/// <param name="Source">The register.</param>
/// <param name="Operation">The comparison.</param>
/// <param name="Value">The bytes, in the byte order that the register has.</param>
public sealed record CompareExpression(NFT_REG Source, NFT_CMP Operation, ReadOnlyMemory<byte> Value) : Expression
{
    internal const string Kind = "cmp";

    /// <inheritdoc />
    public override string Name => Kind;

    internal static CompareExpression Parse(AttributeReader<BigEndian> data)
    {
        NFT_REG source = 0;
        NFT_CMP operation = 0;
        byte[] value = [];
        foreach (var attribute in data)
        {
            switch ((NFTA_CMP)attribute.Type)
            {
                case NFTA_CMP.NFTA_CMP_SREG:
                    source = (NFT_REG)attribute.AsUInt32();
                    break;
                case NFTA_CMP.NFTA_CMP_OP:
                    operation = (NFT_CMP)attribute.AsUInt32();
                    break;
                case NFTA_CMP.NFTA_CMP_DATA:
                    value = DataValue.Parse(attribute);
                    break;
            }
        }

        return new CompareExpression(source, operation, value);
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_CMP.NFTA_CMP_SREG, (uint)Source);
        writer.Write(NFTA_CMP.NFTA_CMP_OP, (uint)Operation);
        DataValue.Write(writer, NFTA_CMP.NFTA_CMP_DATA, Value.Span);
    }
}
