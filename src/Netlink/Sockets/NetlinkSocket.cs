using System.Runtime.ExceptionServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Sockets;

/// <summary>Requests and their answers over one netlink socket. One request at a time; a second thread waits.</summary>
/// <remarks>The socket belongs to the network namespace of the thread that opened it and keeps it, also after that thread is gone.
/// <see cref="SyscallException"/>: the socket failed. <see cref="NetlinkException"/>: the kernel refused. <see cref="NetlinkProtocolException"/>:
/// the bytes make no sense.</remarks>
public sealed class NetlinkSocket : IDisposable
{
    private readonly Lock _lock = new();
    private readonly INetlinkTransport _transport;
    private readonly NetlinkSocketOptions _options;
    private readonly FamilySchema _schema;
    private readonly DatagramReceiver _receiver;
    private uint _sequence;
    private uint _issued;
    private bool _isBusy;
    private bool _isMember;

    /// <summary>Opens a socket of a netlink family (NETLINK_ROUTE, NETLINK_NETFILTER, ...) in the calling thread's network namespace.</summary>
    /// <exception cref="SyscallException">It could not be opened.</exception>
    public NetlinkSocket(int protocol, NetlinkSocketOptions? options = null)
        : this(new KernelTransport(protocol, options ?? new()), WithSchema(options, protocol))
    {
    }

    /// <summary>Speaks over a given transport, which it then owns.</summary>
    public NetlinkSocket(INetlinkTransport transport, NetlinkSocketOptions? options = null)
    {
        _transport = transport;
        _options = options ?? new();
        _schema = _options.Schema ?? new FamilySchema("netlink", _ => null);
        _receiver = new DatagramReceiver(transport);
        _sequence = (uint)Environment.TickCount64;
    }

    /// <summary>The socket's address, unique in its network namespace and family.</summary>
    public uint PortId => _transport.PortId;

    /// <summary>The socket's descriptor, which stays this object's; null where the transport is none of the kernel's.</summary>
    internal FileDescriptor? Descriptor => (_transport as KernelTransport)?.Descriptor;

    /// <summary>Takes over a socket that another process has opened, set up and bound, and uses no more.</summary>
    /// <param name="socket">The socket, which is owned by what is returned, and closed where this throws.</param>
    /// <param name="options">The options that it was opened with.</param>
    /// <exception cref="SyscallException">It is no netlink socket.</exception>
    internal static NetlinkSocket Adopt(FileDescriptor socket, NetlinkSocketOptions options) => new(new KernelTransport(socket), options);

    /// <summary>Opens a socket inside a network namespace, on a thread that is thrown away.</summary>
    /// <param name="netns">The namespace (/proc/PID/ns/net); stays the caller's.</param>
    /// <param name="protocol">The netlink family.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="SyscallException">The namespace cannot be entered, or the socket not opened.</exception>
    public static NetlinkSocket OpenIn(FileDescriptor netns, int protocol, NetlinkSocketOptions? options = null) =>
        NamespaceThread.Run(() => new NetlinkSocket(protocol, options), netns);

    /// <summary>Makes one change and waits for the acknowledgement. NLM_F_REQUEST and NLM_F_ACK are added.</summary>
    /// <param name="request">One message.</param>
    /// <param name="target">What it is about, for the error text: <c>link "eth0"</c>.</param>
    /// <param name="onReply">Sees what comes before the acknowledgement: echoes, or the answers to a GET.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Execute(MessageBuffer request, string? target = null, MessageVisitor? onReply = null)
    {
        // Thrown here, after the exchange: a caller's exception filter runs before anything that is left is closed, and may ask on the same socket.
        if (TryExecute(request, target, onReply) is { } refusal)
            throw refusal;
    }

    /// <summary>Asks for one object.</summary>
    /// <param name="request">One message.</param>
    /// <param name="parse">Makes the object.</param>
    /// <param name="target">What it is about, for the error text.</param>
    /// <exception cref="NetlinkException">The kernel refused; ENODEV, ENOENT or ESRCH when there is no such object.</exception>
    public T Get<T>(MessageBuffer request, MessageParser<T> parse, string? target = null)
        where T : class
    {
        T? result = null;
        Execute(request, target, message => result ??= parse(message));
        return result ?? throw new NetlinkProtocolException($"{NameOf(request)}: acknowledged without an answer");
    }

    /// <summary>Asks for all objects. NLM_F_REQUEST and NLM_F_DUMP are added. An interrupted dump is made again from the beginning.</summary>
    /// <param name="request">One message.</param>
    /// <param name="parse">Makes an object of each message, or null to leave it out; sees the messages of interrupted attempts too.</param>
    /// <param name="target">What it is about, for the error text.</param>
    /// <exception cref="NetlinkException">The kernel refused, at once or in the middle.</exception>
    /// <exception cref="NetlinkDumpInterruptedException">It was interrupted each time.</exception>
    public List<T> Dump<T>(MessageBuffer request, MessageParser<T> parse, string? target = null)
        where T : class
    {
        for (var attempt = 0; attempt <= _options.DumpRetries; attempt++)
        {
            List<T> result = [];
            if (TryDump(request, message => Collect(result, parse(message)), target, out var failure))
                return result;
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
        }

        throw new NetlinkDumpInterruptedException(NameOf(request), _options.DumpRetries + 1);

        static void Collect(List<T> result, T? item)
        {
            if (item is not null)
                result.Add(item);
        }
    }

    /// <summary>Sends several messages as one datagram and waits for the acknowledgements of those that ask for one (NLM_F_ACK).
    /// NLM_F_REQUEST is added. When one is refused, the answers to the others are still read.</summary>
    /// <param name="batch">The messages, with whatever the family puts around a batch.</param>
    /// <param name="onReply">Sees echoes.</param>
    /// <param name="target">What it is about, for the error text.</param>
    /// <exception cref="NetlinkException">The kernel refused; the first refusal, with the <see cref="NetlinkException.Others"/>.</exception>
    public void ExecuteBatch(MessageBuffer batch, MessageVisitor? onReply = null, string? target = null)
    {
        var refusals = TryExecuteBatch(batch, onReply, target);
        if (refusals.Count == 0)
            return;
        refusals[0].Others = refusals[1..];
        throw refusals[0];
    }

    /// <summary>Sends several messages as one datagram, which the kernel handles in their order without letting go of it, and tells what became of each.
    /// Nothing is thrown for what the kernel refuses. NLM_F_REQUEST and NLM_F_ACK are added.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="answers">As many as there are messages; gets what the kernel answered to each.</param>
    internal void ExecuteEach(MessageBuffer messages, Span<Errno> answers)
    {
        using var exchange = Begin(messages, MessageFlags.Request | MessageFlags.Acknowledge);
        var pending = answers.Length;
        while (pending > 0)
        {
            foreach (var message in exchange.Receive())
            {
                if ((NLMSG)message.Header.Type != NLMSG.NLMSG_ERROR || !exchange.IsAnswer(message))
                    continue;
                answers[exchange.IndexOf(message)] = ErrorReply.FromError(message).Errno;
                pending--;
            }
        }
    }

    /// <summary>Joins a multicast group; its notifications are read with <see cref="TryReceive"/>.</summary>
    public void JoinGroup(uint group)
    {
        _isMember = true;
        _transport.SetMembership(group, isMember: true);
    }

    /// <summary>Leaves a multicast group.</summary>
    public void LeaveGroup(uint group) => _transport.SetMembership(group, isMember: false);

    /// <summary>Waits for the next datagram of notifications and shows its messages.</summary>
    /// <returns>False when none came in time.</returns>
    /// <exception cref="SyscallException">ENOBUFS: notifications were lost, so the state must be read again.</exception>
    public bool TryReceive(MessageVisitor visitor, TimeSpan timeout)
    {
        lock (_lock)
        {
            if (!_receiver.TryNext(timeout, out var datagram, out _))
                return false;
            Trace(datagram);
            foreach (var message in new MessageReader(datagram))
                visitor(message);
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _transport.Dispose();

    private static NetlinkSocketOptions WithSchema(NetlinkSocketOptions? options, int protocol)
    {
        options ??= new();
        return options.Schema is not null ? options : options with { Schema = new FamilySchema($"netlink {protocol}", _ => null) };
    }

    private NetlinkException? TryExecute(MessageBuffer request, string? target, MessageVisitor? onReply)
    {
        using var exchange = Begin(request, MessageFlags.Request | MessageFlags.Acknowledge);
        while (true)
        {
            foreach (var message in exchange.Receive())
            {
                if (!exchange.IsAnswer(message))
                    continue;
                switch ((NLMSG)message.Header.Type)
                {
                    case NLMSG.NLMSG_NOOP:
                        break;
                    case NLMSG.NLMSG_ERROR:
                        var reply = ErrorReply.FromError(message);
                        return reply.Errno == Errno.None ? null : Refusal(reply, request, message.Header.Sequence, target);
                    case NLMSG.NLMSG_OVERRUN:
                        throw new NetlinkProtocolException("NLMSG_OVERRUN: data was lost");
                    default:
                        onReply?.Invoke(message);
                        break;
                }
            }
        }
    }

    private List<NetlinkException> TryExecuteBatch(MessageBuffer batch, MessageVisitor? onReply, string? target)
    {
        using var exchange = Begin(batch, MessageFlags.Request);
        HashSet<uint> pending = [];
        foreach (var message in batch.Messages)
        {
            if (message.Header.Flags.HasFlag(MessageFlags.Acknowledge))
                pending.Add(message.Header.Sequence);
        }

        List<NetlinkException> refusals = [];

        // A family that takes batches handles them inside sendto, so after a refusal every answer is in the queue already and an
        // acknowledgement that is not there will never come.
        while (pending.Count > 0 && exchange.TryReceive(refusals.Count > 0 ? TimeSpan.Zero : _options.ReplyTimeout, out var messages))
        {
            foreach (var message in messages)
            {
                if (!exchange.IsAnswer(message))
                    continue;
                if ((NLMSG)message.Header.Type == NLMSG.NLMSG_ERROR)
                {
                    var reply = ErrorReply.FromError(message);
                    if (reply.Errno != Errno.None)
                        refusals.Add(Refusal(reply, batch, message.Header.Sequence, target));
                    pending.Remove(message.Header.Sequence);
                }
                else if (message.Header.Type >= (ushort)NLMSG.NLMSG_MIN_TYPE)
                {
                    onReply?.Invoke(message);
                }
            }
        }

        return pending.Count > 0 && refusals.Count == 0
            ? throw new TimeoutException($"{NameOf(batch)}: no answer within {_options.ReplyTimeout}")
            : refusals;
    }

    /// <returns>False when the dump was interrupted, or has failed.</returns>
    private bool TryDump(MessageBuffer request, MessageVisitor visit, string? target, out Exception? failure)
    {
        using var exchange = Begin(request, MessageFlags.Request | MessageFlags.Dump);
        var isInterrupted = false;
        failure = null;
        while (true)
        {
            foreach (var message in exchange.Receive())
            {
                if (!exchange.IsAnswer(message))
                    continue;
                isInterrupted |= message.Header.Flags.HasFlag(MessageFlags.DumpInterrupted);
                switch ((NLMSG)message.Header.Type)
                {
                    case NLMSG.NLMSG_NOOP:
                        break;
                    case NLMSG.NLMSG_ERROR or NLMSG.NLMSG_DONE:
                        var isDone = (NLMSG)message.Header.Type == NLMSG.NLMSG_DONE;
                        var reply = isDone ? ErrorReply.FromDone(message) : ErrorReply.FromError(message);
                        if (reply.Errno != Errno.None)
                        {
                            failure = Refusal(reply, request, message.Header.Sequence, target);
                            return false;
                        }

                        if (!isDone)
                            break;
                        return !isInterrupted && failure is null;
                    case NLMSG.NLMSG_OVERRUN:
                        throw new NetlinkProtocolException("NLMSG_OVERRUN: data was lost");
                    default:
                        failure ??= Visit(visit, message);
                        break;
                }
            }
        }
    }

    /// <summary>A dump must be read to its end whatever the parser thinks of it: the kernel allows one at a time on a socket.</summary>
    private static Exception? Visit(MessageVisitor visit, Message message)
    {
        try
        {
            visit(message);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private Exchange Begin(MessageBuffer request, MessageFlags extra)
    {
        _lock.Enter();
        try
        {
            if (_isBusy)
                throw new InvalidOperationException("a request was made from inside the callback of another on the same socket");
            var first = _sequence + 1;
            request.Stamp(ref _sequence, PortId, extra);
            var count = _sequence + 1 - first;
            _issued = uint.MaxValue - _issued < count ? uint.MaxValue : _issued + count;
            Trace(request.Written);
            _transport.Send(request.Written);
            _isBusy = true;
            return new Exchange(this, first, count);
        }
        catch
        {
            _lock.Exit();
            throw;
        }
    }

    private void End()
    {
        _isBusy = false;
        _lock.Exit();
    }

    private NetlinkException Refusal(in ErrorReply reply, MessageBuffer request, uint sequence, string? target)
    {
        foreach (var message in request.Messages)
        {
            if (message.Header.Sequence == sequence)
                return NetlinkException.For(reply, message.ToArray(), _schema, target);
        }

        throw new NetlinkProtocolException($"an error for sequence {sequence}, which is none of the request's");
    }

    private string NameOf(MessageBuffer request) => _schema.NameOf(MessageHeader.Read(request.Written).Type);

    private void Trace(ReadOnlySpan<byte> datagram)
    {
        if (_options.Trace is { } output)
            MessagePrinter.Print(output, datagram, type => _schema.Find(type)?.FixedHeaderLength ?? 0);
    }

    /// <summary>A request under way: holds the socket, knows its own sequence numbers.</summary>
    private readonly ref struct Exchange(NetlinkSocket socket, uint first, uint count) : IDisposable
    {
        public MessageReader Receive() => TryReceive(socket._options.ReplyTimeout, out var messages)
            ? messages
            : throw new TimeoutException($"no answer within {socket._options.ReplyTimeout}");

        public bool TryReceive(TimeSpan timeout, out MessageReader messages)
        {
            if (!socket._receiver.TryNext(timeout, out var datagram, out _))
            {
                messages = default;
                return false;
            }

            socket.Trace(datagram);
            messages = new MessageReader(datagram);
            return true;
        }

        /// <summary>Whether a message answers this request. Answers to requests that were given up are passed over.</summary>
        /// <exception cref="NetlinkProtocolException">It answers nothing that this socket ever asked.</exception>
        public bool IsAnswer(Message message)
        {
            var header = message.Header;
            var isOurs = header.PortId == socket.PortId;
            if (isOurs && header.Sequence - first < count)
                return true;
            var isStale = isOurs && socket._sequence - header.Sequence < socket._issued;
            if (isStale || socket._isMember)
                return false;
            throw new NetlinkProtocolException(isOurs
                ? $"message {header.Type}: sequence {header.Sequence} answers no request (expected {first})"
                : $"message {header.Type}: port id {header.PortId} is not ours ({socket.PortId})");
        }

        /// <summary>Which of the request's messages an answer is to.</summary>
        public int IndexOf(Message answer) => (int)(answer.Header.Sequence - first);

        public void Dispose() => socket.End();
    }
}
