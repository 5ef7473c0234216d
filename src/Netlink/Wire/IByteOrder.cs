namespace LxcNative.Netlink.Wire;

/// <summary>The byte order of numbers in attributes. It is a property of the netlink family, so readers and writers carry it in their type
/// and nests inherit it: rtnetlink and sock_diag are <see cref="HostEndian"/>, netfilter is <see cref="BigEndian"/>.</summary>
public interface IByteOrder
{
    /// <summary>Turns a number as it stands in memory into the host's order, or back.</summary>
    static abstract ushort Convert(ushort value);

    /// <inheritdoc cref="Convert(ushort)"/>
    static abstract uint Convert(uint value);

    /// <inheritdoc cref="Convert(ushort)"/>
    static abstract ulong Convert(ulong value);
}
