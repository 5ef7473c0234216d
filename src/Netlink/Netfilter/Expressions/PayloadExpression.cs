using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Loads bytes of the packet into a register, in network byte order. Writing to the packet is kept as <see cref="UnknownExpression"/>.</summary>
/// <param name="Destination">The register.</param>
/// <param name="Base">The header that the offset counts from.</param>
/// <param name="Offset">Bytes from there.</param>
/// <param name="Length">Bytes.</param>
public sealed record PayloadExpression(NFT_REG Destination, NFT_PAYLOAD Base, uint Offset, uint Length) : Expression
{
    internal const string Kind = "payload";

    /// <inheritdoc />
    public override string Name => Kind;

    internal static PayloadExpression Parse(AttributeReader<BigEndian> data)
    {
        uint Read(AttributeReader<BigEndian> reader, NFTA_PAYLOAD type) =>
            reader.TryFind((ushort)type, out var found) ? found.AsUInt32() : throw new NetlinkProtocolException($"payload without {type}");
        return new PayloadExpression(
            (NFT_REG)Read(data, NFTA_PAYLOAD.NFTA_PAYLOAD_DREG),
            (NFT_PAYLOAD)Read(data, NFTA_PAYLOAD.NFTA_PAYLOAD_BASE),
            Read(data, NFTA_PAYLOAD.NFTA_PAYLOAD_OFFSET),
            Read(data, NFTA_PAYLOAD.NFTA_PAYLOAD_LEN));
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_PAYLOAD.NFTA_PAYLOAD_DREG, (uint)Destination);
        writer.Write(NFTA_PAYLOAD.NFTA_PAYLOAD_BASE, (uint)Base);
        writer.Write(NFTA_PAYLOAD.NFTA_PAYLOAD_OFFSET, Offset);
        writer.Write(NFTA_PAYLOAD.NFTA_PAYLOAD_LEN, Length);
    }
}
