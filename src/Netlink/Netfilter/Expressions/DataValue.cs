using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>A value in a nest of its own: <c>DATA > VALUE</c>.</summary>
internal static class DataValue
{
    public static byte[] Parse(Attribute<BigEndian> nest) =>
        nest.AsNest().TryFind((ushort)NFTA_DATA.NFTA_DATA_VALUE, out var value)
            ? value.Value.ToArray()
            : throw new NetlinkProtocolException($"attribute {nest.Type}: data without value");

    public static void Write<TType>(AttributeWriter<BigEndian> writer, TType type, ReadOnlySpan<byte> value)
        where TType : unmanaged
    {
        using (writer.Nest(type))
            writer.Write(NFTA_DATA.NFTA_DATA_VALUE, value);
    }
}
