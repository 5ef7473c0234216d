namespace LxcNative.Netlink.Sockets;

/// <summary>Where datagrams go and come from: the kernel, or a fake one in tests. Bytes in, bytes out.</summary>
public interface INetlinkTransport : IDisposable
{
    /// <summary>The port id of this end.</summary>
    uint PortId { get; }

    /// <summary>Sends one datagram: a message, or a batch of them.</summary>
    /// <exception cref="Native.Errors.SyscallException">It could not be sent.</exception>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Receives one datagram; what does not fit into <paramref name="buffer"/> is cut off.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="peek">Leave the datagram in the queue.</param>
    /// <param name="timeout">How long to wait; <see cref="TimeSpan.Zero"/> does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="received">What was received; its length is the datagram's, also when it was cut off.</param>
    /// <returns>False when nothing came in time.</returns>
    /// <exception cref="Native.Errors.SyscallException">Nothing could be received; ENOBUFS when notifications were lost.</exception>
    bool TryReceive(Span<byte> buffer, bool peek, TimeSpan timeout, out ReceivedDatagram received);

    /// <summary>Joins a multicast group, or leaves it.</summary>
    void SetMembership(uint group, bool isMember);
}
