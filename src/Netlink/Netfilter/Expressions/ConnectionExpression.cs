using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Loads something about the packet's tracked connection into a register, or sets it from one (<c>ct</c>).</summary>
/// <param name="Key">What.</param>
/// <param name="Destination">The register to load into; null when setting.</param>
/// <param name="Source">The register to set from; null when loading.</param>
/// <param name="Direction">0 for the original direction, 1 for the reply, for keys that have one.</param>
public sealed record ConnectionExpression(NFT_CT Key, NFT_REG? Destination, NFT_REG? Source = null, byte? Direction = null) : Expression
{
    internal const string Kind = "ct";

    /// <inheritdoc />
    public override string Name => Kind;

    internal static ConnectionExpression Parse(AttributeReader<BigEndian> data)
    {
        var connection = new ConnectionExpression(0, null);
        foreach (var attribute in data)
        {
            connection = (NFTA_CT)attribute.Type switch
            {
                NFTA_CT.NFTA_CT_KEY => connection with { Key = (NFT_CT)attribute.AsUInt32() },
                NFTA_CT.NFTA_CT_DREG => connection with { Destination = (NFT_REG)attribute.AsUInt32() },
                NFTA_CT.NFTA_CT_SREG => connection with { Source = (NFT_REG)attribute.AsUInt32() },
                NFTA_CT.NFTA_CT_DIRECTION => connection with { Direction = attribute.AsByte() },
                _ => connection,
            };
        }

        return connection;
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        if (Source is { } source)
            writer.Write(NFTA_CT.NFTA_CT_SREG, (uint)source);
        if (Destination is { } destination)
            writer.Write(NFTA_CT.NFTA_CT_DREG, (uint)destination);
        writer.Write(NFTA_CT.NFTA_CT_KEY, (uint)Key);
        if (Direction is { } direction)
            writer.Write(NFTA_CT.NFTA_CT_DIRECTION, direction);
    }
}
