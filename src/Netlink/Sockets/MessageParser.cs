using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Sockets;

/// <summary>Makes an object of a message, or null to leave it out. The message is gone after the call: copy what is kept.</summary>
public delegate T? MessageParser<out T>(Message message)
    where T : class;
