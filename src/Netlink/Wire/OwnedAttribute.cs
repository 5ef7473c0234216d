namespace LxcNative.Netlink.Wire;

/// <summary>An attribute that was copied out of its message: how models keep what they do not understand.</summary>
public sealed class OwnedAttribute : IEquatable<OwnedAttribute>
{
    private readonly byte[] _value;

    /// <summary>Makes an attribute; the array is not copied.</summary>
    /// <param name="rawType">The type with its flag bits.</param>
    /// <param name="value">The value without header and padding.</param>
    public OwnedAttribute(ushort rawType, byte[] value)
    {
        RawType = rawType;
        _value = value;
    }

    /// <summary>The type with its flag bits, as received.</summary>
    public ushort RawType { get; }

    /// <summary>The type without flag bits.</summary>
    public ushort Type => (ushort)(RawType & AttributeHeader.TypeMask);

    /// <summary>The value without header and padding.</summary>
    public ReadOnlySpan<byte> Value => _value;

    /// <inheritdoc />
    public bool Equals(OwnedAttribute? other) => other is not null && RawType == other.RawType && Value.SequenceEqual(other.Value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as OwnedAttribute);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(RawType);
        hash.AddBytes(_value);
        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => $"{Type}: {Convert.ToHexStringLower(_value)}";
}
