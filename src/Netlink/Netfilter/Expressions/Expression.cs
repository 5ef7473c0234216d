using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>One step of a rule.</summary>
public abstract record Expression
{
    /// <summary>The kernel's name for it: <c>meta</c>, <c>cmp</c>, ...</summary>
    public abstract string Name { get; }

    internal abstract void WriteData(AttributeWriter<BigEndian> writer);
}
