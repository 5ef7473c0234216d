using LxcNative.Netlink.Errors;

namespace LxcNative.Netlink.Sockets;

/// <summary>Receives whole datagrams: asks for the length first, so that nothing is cut off, and drops what the kernel did not send.</summary>
internal sealed class DatagramReceiver(INetlinkTransport transport)
{
    // The kernel fills dump datagrams up to the largest buffer it has seen, and never beyond 32 KiB.
    private byte[] _buffer = new byte[32 * 1024];

    /// <summary>The next datagram of the kernel; its bytes are valid until the next call.</summary>
    /// <returns>False when nothing came in time.</returns>
    public bool TryNext(TimeSpan timeout, out ReadOnlySpan<byte> datagram, out ReceivedDatagram received)
    {
        while (transport.TryReceive(_buffer.AsSpan(0, 0), peek: true, timeout, out received))
        {
            if (received.Length > _buffer.Length)
                _buffer = new byte[received.Length];
            if (!transport.TryReceive(_buffer, peek: false, timeout, out received))
                break;
            if (received.Length > _buffer.Length)
                throw new NetlinkProtocolException($"datagram of {received.Length} bytes was cut off at {_buffer.Length}");
            if (received.SenderPortId != 0)
                continue;
            datagram = _buffer.AsSpan(0, received.Length);
            return true;
        }

        datagram = default;
        return false;
    }
}
