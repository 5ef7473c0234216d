using System.Runtime.CompilerServices;

namespace LxcNative.Netlink.Errors;

/// <summary>The names of one attribute space and the spaces nested in it: what turns an offset into <c>LINKINFO > KIND</c>.</summary>
public sealed class AttributeSchema
{
    private readonly Func<ushort, string?> _name;
    private readonly Dictionary<ushort, AttributeSchema> _nests = [];
    private readonly Dictionary<string, AttributeSchema> _variants = [];
    private ushort _selector;
    private ushort _selected;

    private AttributeSchema(Func<ushort, string?> name) => _name = name;

    /// <summary>A space whose names are the members of <typeparamref name="TType"/> without <paramref name="prefix"/>.</summary>
    /// <typeparam name="TType">An enum of 16 bits in the kernel's spelling.</typeparam>
    public static AttributeSchema Of<TType>(string prefix)
        where TType : unmanaged, Enum => new(type => Enum.GetName(Unsafe.BitCast<ushort, TType>(type)) is { } name
            ? name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name
            : null);

    /// <summary>Says that attributes of a type hold attributes of <paramref name="space"/>. Returns this schema, for chaining.</summary>
    public AttributeSchema With<TType>(TType type, AttributeSchema space)
        where TType : unmanaged
    {
        _nests[Unsafe.BitCast<TType, ushort>(type)] = space;
        return this;
    }

    /// <summary>Says that what <paramref name="data"/> holds depends on the text in its sibling <paramref name="selector"/>, as a link's data
    /// depends on its kind. Returns this schema, for chaining.</summary>
    public AttributeSchema WithVariant<TType>(TType selector, TType data, string value, AttributeSchema space)
        where TType : unmanaged
    {
        _selector = Unsafe.BitCast<TType, ushort>(selector);
        _selected = Unsafe.BitCast<TType, ushort>(data);
        _variants[value] = space;
        return this;
    }

    /// <summary>The name of a type; its number where there is no name.</summary>
    public string NameOf(ushort type) => _name(type) ?? $"#{type}";

    /// <summary>The space nested in a type, if known.</summary>
    /// <param name="type">The type.</param>
    /// <param name="selectorText">Finds the text of a sibling by its type.</param>
    internal AttributeSchema? NestOf(ushort type, Func<ushort, string?> selectorText)
    {
        if (_nests.TryGetValue(type, out var nest))
            return nest;
        return _variants.Count > 0 && type == _selected && selectorText(_selector) is { } value ? _variants.GetValueOrDefault(value) : null;
    }
}
