using System.Buffers.Binary;

namespace LxcNative.Netlink.Wire;

/// <summary>Numbers in network byte order: nf_tables, conntrack and the rest of nfnetlink.</summary>
public readonly struct BigEndian : IByteOrder
{
    /// <inheritdoc />
    public static ushort Convert(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    /// <inheritdoc />
    public static uint Convert(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    /// <inheritdoc />
    public static ulong Convert(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
