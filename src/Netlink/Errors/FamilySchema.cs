namespace LxcNative.Netlink.Errors;

/// <summary>The message types of a netlink family, for error texts.</summary>
/// <param name="name">The family, as in <c>rtnetlink</c>.</param>
/// <param name="find">Finds a message type; null when unknown.</param>
public sealed class FamilySchema(string name, Func<ushort, MessageSchema?> find)
{
    /// <summary>The family, as in <c>rtnetlink</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What is known of a message type.</summary>
    public MessageSchema? Find(ushort type) => find(type);

    internal string NameOf(ushort type) => Find(type)?.Name ?? $"message {type}";
}
