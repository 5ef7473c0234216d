using System.Net;

namespace LxcNative.Netlink.Routing;

/// <summary>An address and how many of its leading bits count. Unlike <see cref="IPNetwork"/>, the other bits may be set.</summary>
/// <param name="Address">The address.</param>
/// <param name="Length">Leading bits that count: 0 to 32 or 128.</param>
public readonly record struct Prefix(IPAddress Address, byte Length)
{
    /// <summary>Reads <c>ADDRESS/LENGTH</c>, or an address alone for all its bits.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Prefix Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = IPAddress.Parse(slash < 0 ? text : text[..slash]);
        var bits = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 128 : 32;
        var length = (byte)bits;
        return slash < 0 || (byte.TryParse(text.AsSpan(slash + 1), out length) && length <= bits)
            ? new Prefix(address, length)
            : throw new FormatException($"{text}: the prefix length is not 0 to {bits}");
    }

    /// <inheritdoc />
    public override string ToString() => $"{Address}/{Length}";
}
