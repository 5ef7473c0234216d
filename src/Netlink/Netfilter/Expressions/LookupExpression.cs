using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Looks a register up in a set and ends the rule when it is not there; from a map, loads what is found.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Source">The register with the key.</param>
/// <param name="Destination">The register for a map's value.</param>
/// <param name="IsInverted">Go on when the key is not there.</param>
public sealed record LookupExpression(string Set, NFT_REG Source, NFT_REG? Destination = null, bool IsInverted = false) : Expression
{
    internal const string Kind = "lookup";
    private const uint Inverted = 1;

    /// <inheritdoc />
    public override string Name => Kind;

    internal static LookupExpression Parse(AttributeReader<BigEndian> data)
    {
        var lookup = new LookupExpression("", 0);
        foreach (var attribute in data)
        {
            lookup = (NFTA_LOOKUP)attribute.Type switch
            {
                NFTA_LOOKUP.NFTA_LOOKUP_SET => lookup with { Set = attribute.AsString() },
                NFTA_LOOKUP.NFTA_LOOKUP_SREG => lookup with { Source = (NFT_REG)attribute.AsUInt32() },
                NFTA_LOOKUP.NFTA_LOOKUP_DREG => lookup with { Destination = (NFT_REG)attribute.AsUInt32() },
                NFTA_LOOKUP.NFTA_LOOKUP_FLAGS => lookup with { IsInverted = attribute.AsUInt32() == Inverted },
                _ => lookup,
            };
        }

        return lookup;
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_LOOKUP.NFTA_LOOKUP_SET, Set);
        writer.Write(NFTA_LOOKUP.NFTA_LOOKUP_SREG, (uint)Source);
        if (Destination is { } destination)
            writer.Write(NFTA_LOOKUP.NFTA_LOOKUP_DREG, (uint)destination);
        writer.Write(NFTA_LOOKUP.NFTA_LOOKUP_FLAGS, IsInverted ? Inverted : 0u);
    }
}
