using LxcNative.Native.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Testing;

/// <summary>A kernel whose answers are scripted: for tests of what a real one does seldom or never. Bytes in, bytes out.</summary>
/// <remarks><code>
/// FakeKernel kernel = new(request => [FakeReply.Of(request, 16, payload), FakeReply.Done(request)]);
/// using NetlinkSocket socket = new(kernel);
/// </code>Each reply is a datagram; <see cref="FakeReply.Join"/> puts several messages into one.</remarks>
public sealed class FakeKernel : INetlinkTransport
{
    private readonly Func<FakeRequest, IEnumerable<byte[]>> _answer;
    private readonly Queue<(byte[]? Bytes, Errno Failure)> _queue = [];
    private readonly HashSet<uint> _groups = [];

    /// <summary>Makes a kernel.</summary>
    /// <param name="answer">The datagrams that answer a message.</param>
    public FakeKernel(Func<FakeRequest, IEnumerable<byte[]>> answer) => _answer = answer;

    /// <inheritdoc />
    public uint PortId { get; init; } = 4711;

    /// <summary>The port id that datagrams seem to come from; 0 is the kernel's.</summary>
    public uint SenderPortId { get; set; }

    /// <summary>Every message that was sent, as it was sent.</summary>
    public List<byte[]> Requests { get; } = [];

    /// <summary>The multicast groups that the socket is a member of.</summary>
    public IReadOnlyCollection<uint> Groups => _groups;

    /// <summary>Whether the socket was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Queues a datagram that answers nothing, such as a notification.</summary>
    public void Queue(byte[] datagram) => _queue.Enqueue((datagram, Errno.None));

    /// <summary>Makes the next receive fail, as with ENOBUFS.</summary>
    public void QueueFailure(Errno errno) => _queue.Enqueue((null, errno));

    /// <inheritdoc />
    public void Send(ReadOnlySpan<byte> datagram)
    {
        foreach (var message in new MessageReader(datagram))
        {
            var bytes = message.ToArray();
            Requests.Add(bytes);
            foreach (var reply in _answer(new FakeRequest(message.Header, bytes)))
                Queue(reply);
        }
    }

    /// <inheritdoc />
    /// <remarks>Nothing will ever come from elsewhere, so an empty queue does not wait: a socket that waits for ever fails instead.</remarks>
    public bool TryReceive(Span<byte> buffer, bool peek, TimeSpan timeout, out ReceivedDatagram received)
    {
        received = default;
        if (!_queue.TryPeek(out var next))
        {
            return timeout == Timeout.InfiniteTimeSpan
                ? throw new InvalidOperationException("the script is over, but the socket waits for more")
                : false;
        }

        if (!peek || next.Bytes is null)
            _queue.Dequeue();
        if (next.Bytes is not { } bytes)
            throw new SyscallException("recvfrom", "fake kernel", next.Failure);
        bytes.AsSpan(0, Math.Min(bytes.Length, buffer.Length)).CopyTo(buffer);
        received = new ReceivedDatagram(bytes.Length, SenderPortId);
        return true;
    }

    /// <inheritdoc />
    public void SetMembership(uint group, bool isMember) => _ = isMember ? _groups.Add(group) : _groups.Remove(group);

    /// <inheritdoc />
    public void Dispose() => IsDisposed = true;
}
