using System.Net;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing;

/// <summary>IP addresses as attributes: 4 or 16 bytes in network byte order, whatever the byte order of numbers.</summary>
internal static class IPAddressBytes
{
    public static IPAddress AsIPAddress(this Attribute<HostEndian> attribute) => Read(attribute.Value, attribute.Type);

    public static IPAddress Read(ReadOnlySpan<byte> bytes, ushort type) => bytes.Length is 4 or 16
        ? new IPAddress(bytes)
        : throw new NetlinkProtocolException($"attribute {type}: {bytes.Length} bytes where an IP address has 4 or 16");

    public static void Write<TType>(this AttributeWriter<HostEndian> attributes, TType type, IPAddress? address)
        where TType : unmanaged
    {
        if (address is null)
            return;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        attributes.Write(type, (ReadOnlySpan<byte>)bytes[..length]);
    }

    public static AddressFamily FamilyOf(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? AddressFamily.IPv6 : AddressFamily.IPv4;

    public static IPAddress Any(AddressFamily family) => family == AddressFamily.IPv6 ? IPAddress.IPv6Any : IPAddress.Any;
}
