namespace LxcNative.Netlink.Wire;

/// <summary>Numbers in the byte order of the machine: rtnetlink, sock_diag, generic netlink.</summary>
public readonly struct HostEndian : IByteOrder
{
    /// <inheritdoc />
    public static ushort Convert(ushort value) => value;

    /// <inheritdoc />
    public static uint Convert(uint value) => value;

    /// <inheritdoc />
    public static ulong Convert(ulong value) => value;
}
