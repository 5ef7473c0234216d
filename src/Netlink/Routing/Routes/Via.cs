using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Routes;

/// <summary>A gateway whose address family is not that of the route (struct rtvia): IPv4 by way of IPv6.</summary>
/// <param name="Gateway">The gateway.</param>
public sealed record Via(IPAddress Gateway)
{
    internal static bool TryParse(Attribute<HostEndian> attribute, [NotNullWhen(true)] out Via? via)
    {
        via = null;
        var value = attribute.Value;
        if (value.Length < 2)
            return false;
        var expected = MemoryMarshal.Read<ushort>(value) switch { (ushort)AddressFamily.IPv4 => 4, (ushort)AddressFamily.IPv6 => 16, _ => -1 };
        if (value.Length - 2 != expected)
            return false;
        via = new Via(new IPAddress(value[2..]));
        return true;
    }

    internal void Write(AttributeWriter<HostEndian> attributes)
    {
        Span<byte> bytes = stackalloc byte[18];
        MemoryMarshal.Write(bytes, (ushort)IPAddressBytes.FamilyOf(Gateway));
        Gateway.TryWriteBytes(bytes[2..], out var length);
        attributes.Write(RTA.RTA_VIA, (ReadOnlySpan<byte>)bytes[..(length + 2)]);
    }
}
