using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>An expression that this library does not know, or not with these attributes, byte for byte as it was received.</summary>
/// <param name="Kind">The kernel's name for it.</param>
/// <param name="Attributes">Its data.</param>
public sealed record UnknownExpression(string Kind, IReadOnlyList<OwnedAttribute> Attributes) : Expression
{
    /// <inheritdoc />
    public override string Name => Kind;

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        foreach (var attribute in Attributes)
            writer.Write(attribute);
    }
}
