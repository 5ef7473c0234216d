namespace LxcNative.Netlink.Routing;

/// <summary>Makes value lists; collection expressions use it.</summary>
public static class ValueList
{
    /// <summary>A list of the items.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
