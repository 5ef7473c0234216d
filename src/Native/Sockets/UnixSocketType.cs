using LxcNative.Native.Uapi;

namespace LxcNative.Native.Sockets;

/// <summary>A kind of AF_UNIX socket (unix(7)).</summary>
public enum UnixSocketType
{
    /// <summary>A stream of bytes.</summary>
    Stream = Socket.SOCK_STREAM,

    /// <summary>Messages without a connection.</summary>
    Datagram = Socket.SOCK_DGRAM,

    /// <summary>Messages in order over a connection: what criu speaks.</summary>
    SequencedPacket = Socket.SOCK_SEQPACKET,
}
