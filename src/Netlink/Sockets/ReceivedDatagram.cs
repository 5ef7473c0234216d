namespace LxcNative.Netlink.Sockets;

/// <summary>What is known of a datagram besides its bytes.</summary>
/// <param name="Length">Its whole length, which may be more than the buffer held.</param>
/// <param name="SenderPortId">0 for the kernel.</param>
/// <param name="Groups">The mask of the multicast groups it was sent to; 0 for an answer.</param>
public readonly record struct ReceivedDatagram(int Length, uint SenderPortId = 0, uint Groups = 0);
