using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Sockets;

/// <summary>Looks at a message. The message is gone after the call: copy what is kept.</summary>
public delegate void MessageVisitor(Message message);
