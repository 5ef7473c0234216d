using System.Runtime.CompilerServices;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>A captured message taken apart: the family's fixed header and the attributes.</summary>
/// <param name="Type">The message type.</param>
/// <param name="Header">The fixed header.</param>
/// <param name="Attributes">The attributes, in the kernel's order.</param>
internal sealed record Captured<THeader>(ushort Type, THeader Header, IReadOnlyList<OwnedAttribute> Attributes)
    where THeader : unmanaged
{
    /// <summary>Takes a message apart.</summary>
    /// <exception cref="NetlinkProtocolException">It is not exactly one well-formed message.</exception>
    public static Captured<THeader> Parse(byte[] bytes)
    {
        var messages = new MessageReader(bytes);
        if (!messages.MoveNext())
            throw new NetlinkProtocolException("an empty message");
        var message = messages.Current;
        var attributes = new List<OwnedAttribute>();
        foreach (var attribute in message.Attributes(Unsafe.SizeOf<THeader>()))
            attributes.Add(attribute.ToOwned());
        var parsed = new Captured<THeader>(message.Header.Type, message.FixedHeader<THeader>(), attributes);
        if (messages.MoveNext())
            throw new NetlinkProtocolException($"more than one message of type {parsed.Type} where one is expected");
        return parsed;
    }

    /// <summary>Takes messages apart.</summary>
    public static List<Captured<THeader>> Parse(IEnumerable<byte[]> messages) => [.. messages.Select(Parse)];

    /// <summary>The attribute of a type, or null.</summary>
    public OwnedAttribute? Find(ushort type) => Attributes.FirstOrDefault(attribute => attribute.Type == type);

    /// <inheritdoc cref="Find(ushort)" />
    public OwnedAttribute? Find<TType>(TType type)
        where TType : unmanaged, Enum => Find(Unsafe.BitCast<TType, ushort>(type));

    /// <summary>A number in host order, or null.</summary>
    public uint? Number<TType>(TType type)
        where TType : unmanaged, Enum => Find(type) is { } found ? found.AsUInt32() : null;

    /// <summary>A text, or null.</summary>
    public string? Text<TType>(TType type)
        where TType : unmanaged, Enum => Find(type)?.AsText();
}
