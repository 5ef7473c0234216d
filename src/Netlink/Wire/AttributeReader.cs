using LxcNative.Netlink.Errors;

namespace LxcNative.Netlink.Wire;

/// <summary>Walks a list of attributes. Every length is checked; after an error the walk is over.</summary>
/// <remarks><code>
///  0               2               4            length     aligned to 4
/// +---------------+---------------+---------------+- - - - - - - +
/// |    length     |N|B|   type    |     value     |   padding    |
/// +---------------+---------------+---------------+- - - - - - - +
/// </code>The last attribute may lack its padding.</remarks>
/// <typeparam name="TOrder">The byte order of the family, inherited by nests.</typeparam>
public ref struct AttributeReader<TOrder>
    where TOrder : struct, IByteOrder
{
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _value;
    private ushort _rawType;

    /// <summary>Makes a reader of the attributes in <paramref name="attributes"/>.</summary>
    public AttributeReader(ReadOnlySpan<byte> attributes) => _rest = attributes;

    /// <summary>The attribute that <see cref="MoveNext"/> found.</summary>
    public readonly Attribute<TOrder> Current => new(_rawType, _value);

    /// <summary>Lets <c>foreach</c> walk.</summary>
    public readonly AttributeReader<TOrder> GetEnumerator() => this;

    /// <summary>Goes to the next attribute; false at the end.</summary>
    /// <exception cref="NetlinkProtocolException">The length of an attribute is shorter than its header or beyond the list.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        var rest = _rest;
        _rest = default;
        if (rest.Length < AttributeHeader.Size)
            throw new NetlinkProtocolException($"attribute header: {rest.Length} bytes where {AttributeHeader.Size} are needed");
        var header = System.Runtime.InteropServices.MemoryMarshal.Read<AttributeHeader>(rest);
        if (header.Length < AttributeHeader.Size || header.Length > rest.Length)
            throw new NetlinkProtocolException($"attribute {header.Type}: length {header.Length}, with {rest.Length} bytes left");
        _rawType = header.RawType;
        _value = rest[AttributeHeader.Size..header.Length];
        _rest = rest[Alignment.AlignWithin(header.Length, rest.Length)..];
        return true;
    }

    /// <summary>The first attribute of a type, or false. Looks from where the reader stands, without moving it.</summary>
    public readonly bool TryFind(ushort type, out Attribute<TOrder> found)
    {
        foreach (var attribute in this)
        {
            if (attribute.Type != type)
                continue;
            found = attribute;
            return true;
        }

        found = default;
        return false;
    }
}
