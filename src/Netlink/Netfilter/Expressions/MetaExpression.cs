using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Loads something about the packet into a register, or sets it from one. Numbers are in host byte order in the register.</summary>
/// <param name="Key">What.</param>
/// <param name="Destination">The register to load into; null when setting.</param>
/// <param name="Source">The register to set from; null when loading.</param>
public sealed record MetaExpression(NFT_META Key, NFT_REG? Destination, NFT_REG? Source = null) : Expression
{
    internal const string Kind = "meta";

    /// <inheritdoc />
    public override string Name => Kind;

    internal static MetaExpression Parse(AttributeReader<BigEndian> data)
    {
        NFT_META key = 0;
        NFT_REG? destination = null, source = null;
        foreach (var attribute in data)
        {
            switch ((NFTA_META)attribute.Type)
            {
                case NFTA_META.NFTA_META_KEY:
                    key = (NFT_META)attribute.AsUInt32();
                    break;
                case NFTA_META.NFTA_META_DREG:
                    destination = (NFT_REG)attribute.AsUInt32();
                    break;
                case NFTA_META.NFTA_META_SREG:
                    source = (NFT_REG)attribute.AsUInt32();
                    break;
            }
        }

        return new MetaExpression(key, destination, source);
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_META.NFTA_META_KEY, (uint)Key);
        if (Destination is { } destination)
            writer.Write(NFTA_META.NFTA_META_DREG, (uint)destination);
        if (Source is { } source)
            writer.Write(NFTA_META.NFTA_META_SREG, (uint)source);
    }
}
