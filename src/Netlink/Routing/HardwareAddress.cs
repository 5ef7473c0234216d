namespace LxcNative.Netlink.Routing;

/// <summary>An address of the link layer: six bytes on Ethernet, others on tunnels and InfiniBand.</summary>
public readonly struct HardwareAddress : IEquatable<HardwareAddress>
{
    private readonly byte[]? _bytes;

    /// <summary>Copies the bytes of an address.</summary>
    public HardwareAddress(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>The bytes; empty for the default value.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Whether two addresses have the same bytes.</summary>
    public static bool operator ==(HardwareAddress left, HardwareAddress right) => left.Equals(right);

    /// <summary>Whether two addresses differ.</summary>
    public static bool operator !=(HardwareAddress left, HardwareAddress right) => !left.Equals(right);

    /// <summary>Reads hexadecimal bytes separated by colons.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static HardwareAddress Parse(string text) => new(Convert.FromHexString(text.Replace(":", "", StringComparison.Ordinal)));

    /// <inheritdoc />
    public bool Equals(HardwareAddress other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is HardwareAddress other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(':', (_bytes ?? []).Select(value => value.ToString("x2")));
}
