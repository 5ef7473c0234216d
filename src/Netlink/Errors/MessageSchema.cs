namespace LxcNative.Netlink.Errors;

/// <summary>What is known of one message type of a family.</summary>
/// <param name="Name">Its name, as in <c>NEWLINK</c>.</param>
/// <param name="FixedHeaderLength">Bytes between the message header and the attributes.</param>
/// <param name="Attributes">Its attribute space, if known.</param>
public sealed record MessageSchema(string Name, int FixedHeaderLength, AttributeSchema? Attributes = null);
