using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Sockets;

namespace LxcNative.Orchestrator.Engines.Lxc.Commands;

/// <summary>One end of a connection to a command socket: the client's, or the monitor's. One request and one answer pass over it, within one
/// deadline.</summary>
/// <remarks>Each end is told by the kernel who sent what the other end sends.</remarks>
internal sealed class CommandConnection : IDisposable
{
    private readonly FileDescriptor _socket;
    private readonly Deadline _deadline;

    private CommandConnection(FileDescriptor socket, Deadline deadline) => (_socket, _deadline) = (socket, deadline);

    /// <summary>Who listened, or made the pair: of a monitor of LXC's the command that started it, which may have ended since.</summary>
    public UnixCredentials Peer => UnixSocket.PeerCredentials(_socket);

    /// <summary>The descriptor, to be waited for; stays this connection's.</summary>
    public FileDescriptor Descriptor => _socket;

    /// <summary>Connects to a monitor.</summary>
    /// <exception cref="SyscallException">ECONNREFUSED: nobody listens there. EAGAIN: not within the deadline.</exception>
    public static CommandConnection Connect(string address, Deadline deadline) =>
        Prepare(UnixSocket.ConnectAbstract(System.Text.Encoding.UTF8.GetBytes(address), timeout: AtLeastOne(deadline.Left)), deadline);

    /// <summary>Takes a connection that was made to a socket that listens.</summary>
    /// <param name="listener">Stays the caller's.</param>
    /// <param name="patience">How long the exchange may take.</param>
    /// <exception cref="SyscallException">accept4(2) failed.</exception>
    public static CommandConnection Accept(FileDescriptor listener, TimeSpan patience) => Prepare(UnixSocket.Accept(listener), Deadline.After(patience));

    /// <summary>Sends a message with this process's credentials, whole.</summary>
    /// <param name="message">The request, or the answer.</param>
    /// <param name="descriptors">Sent along; they stay the caller's.</param>
    /// <exception cref="SyscallException">EAGAIN: not within the deadline. EPIPE, ECONNRESET: the other end is closed.</exception>
    public void Send(CommandMessage message, params ReadOnlySpan<FileDescriptor> descriptors)
    {
        UnixSocket.SetTimeout(_socket, AtLeastOne(_deadline.Left));
        // LXC's monitor asks for credentials a moment after it has accepted, and hangs up on who came before with none.
        UnixSocket.Send(_socket, message.Header(), descriptors,
            new UnixCredentials(CurrentProcess.Id, CurrentProcess.EffectiveUserId, CurrentProcess.EffectiveGroupId));
        if (message.Data.Length > 0)
            UnixSocket.Send(_socket, message.Data);
    }

    /// <summary>Receives a message; null where the other end closed instead.</summary>
    /// <param name="longest">The most data that may follow its header.</param>
    /// <param name="maximumDescriptors">How many descriptors may come along.</param>
    /// <returns>Holds the descriptors: dispose it.</returns>
    /// <exception cref="SyscallException">EAGAIN: not within the deadline. ECONNRESET: the other end went with data unread.</exception>
    /// <exception cref="MalformedCommandException">It is not a message.</exception>
    public ReceivedCommand? Receive(int longest, int maximumDescriptors = 0)
    {
        var descriptors = new List<FileDescriptor>();
        try
        {
            var header = new byte[CommandMessage.HeaderSize];
            if (!Fill(header, maximumDescriptors, descriptors, out var sender))
                return null;
            var (code, value, length) = CommandMessage.ParseHeader(header, longest);
            var data = new byte[length];
            if (!Fill(data, 0, descriptors, out var also))
                return null;
            // One connection, one sender: what another process adds to it is not the answer.
            if (length > 0 && also?.ProcessId != sender?.ProcessId)
                throw new MalformedCommandException("a message of two processes");
            return new ReceivedCommand(new CommandMessage(code, value, data), sender, [.. descriptors]);
        }
        catch
        {
            descriptors.ForEach(one => one.Dispose());
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private static CommandConnection Prepare(FileDescriptor socket, Deadline deadline)
    {
        try
        {
            UnixSocket.PassCredentials(socket);
            return new CommandConnection(socket, deadline);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Zero would be no bound at all.
    private static TimeSpan AtLeastOne(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);

    private bool Fill(Span<byte> into, int maximumDescriptors, List<FileDescriptor> descriptors, out UnixCredentials? sender)
    {
        sender = null;
        while (!into.IsEmpty)
        {
            if (!DescriptorPoll.WaitReadable(_socket, _deadline.Left))
                throw new SyscallException("recvmsg", $"descriptor {_socket.Number}", Errno.EAGAIN);
            using var message = UnixSocket.Receive(_socket, into, maximumDescriptors);
            if (message.Length == 0)
                return false;
            descriptors.AddRange(message.TakeDescriptors());
            // The kernel never joins what two processes sent into one receive.
            sender ??= message.Credentials;
            into = into[message.Length..];
        }

        return true;
    }
}
