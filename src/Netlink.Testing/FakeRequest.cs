using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Testing;

/// <summary>A message that a fake kernel got.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Bytes">The message with its header.</param>
public readonly record struct FakeRequest(MessageHeader Header, byte[] Bytes);
