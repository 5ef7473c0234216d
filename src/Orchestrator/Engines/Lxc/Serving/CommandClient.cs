using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>One who connected to the command socket: its request is read as it comes, answered once, and then the connection ends, or is kept as a
/// claim.</summary>
/// <remarks>Nothing here waits for it. What it sends too slowly, too long or otherwise than LXC writes it ends its own connection, and nothing else.</remarks>
internal sealed class CommandClient : IDisposable
{
    // What the kernel says of a sender whom it does not know, with process 0.
    private const uint Nobody = 65534;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SendPatience = TimeSpan.FromMilliseconds(500);
    private readonly FileDescriptor _socket;
    private readonly Action<CommandClient, CommandMessage> _handle;
    private readonly Action<CommandClient> _gone;
    private readonly Func<UnixCredentials, bool> _isAllowed;
    private readonly IDisposable _watch;
    private readonly IDisposable _deadline;
    private byte[] _buffer = new byte[CommandMessage.HeaderSize];
    private int _filled;
    private UnixCredentials? _sender;
    private (int Code, ulong Value)? _header;
    private bool _isAnswered;
    private bool _isClosed;

    /// <summary>Begins to read.</summary>
    /// <param name="socket">The connection, this object's from now on.</param>
    /// <param name="loop">Where it is waited for.</param>
    /// <param name="isAllowed">Who may ask.</param>
    /// <param name="handle">Given the request, once: it answers, keeps or closes.</param>
    /// <param name="gone">Told when the connection has ended, on either side.</param>
    public CommandClient(FileDescriptor socket, MonitorLoop loop, Func<UnixCredentials, bool> isAllowed, Action<CommandClient, CommandMessage> handle,
        Action<CommandClient> gone)
    {
        (_socket, _isAllowed, _handle, _gone) = (socket, isAllowed, handle, gone);
        UnixSocket.PassCredentials(socket);
        UnixSocket.SetTimeout(socket, SendPatience);
        _watch = loop.Add(socket, Read);
        _deadline = loop.After(Patience, Dispose);
    }

    /// <summary>Whether who connected is one who may ask.</summary>
    public required bool MayAsk { get; init; }

    /// <summary>Answers, and ends the connection.</summary>
    /// <param name="message">The answer.</param>
    /// <param name="descriptors">Sent along; they stay the caller's.</param>
    public void Answer(CommandMessage message, params ReadOnlySpan<FileDescriptor> descriptors)
    {
        Send(message, descriptors);
        Dispose();
    }

    /// <summary>Answers, and keeps the connection until the other end closes it.</summary>
    /// <inheritdoc cref="Answer" path="/param" />
    public void AnswerAndKeep(CommandMessage message, params ReadOnlySpan<FileDescriptor> descriptors)
    {
        Keep();
        Send(message, descriptors);
    }

    /// <summary>Keeps the connection, without an answer yet.</summary>
    public void Keep() => _deadline.Dispose();

    /// <summary>Sends bytes that are no answer, and ends the connection.</summary>
    public void Tell(ReadOnlySpan<byte> data)
    {
        try
        {
            if (!_isClosed)
                UnixSocket.Send(_socket, data);
        }
        catch (SyscallException)
        {
            // It waits no more.
        }

        Dispose();
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _watch.Dispose();
        _deadline.Dispose();
        _socket.Dispose();
        _gone(this);
    }

    private void Read()
    {
        // Whatever comes after the request: the other end closed its claim, or does not speak this language.
        if (_isAnswered)
        {
            Dispose();
            return;
        }

        try
        {
            if (Fill() && Complete() is { } request)
            {
                _isAnswered = true;
                Dispatch(request);
            }
        }
        catch (Exception e) when (e is MalformedCommandException or SyscallException { Errno: not (Errno.EAGAIN or Errno.EINTR) })
        {
            Dispose();
        }
        catch (SyscallException)
        {
            // Nothing has come after all.
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    // Whether the buffer is full.
    private bool Fill()
    {
        using var message = UnixSocket.Receive(_socket, _buffer.AsSpan(_filled), wait: false);
        if (message.Length == 0)
        {
            Dispose();
            return false;
        }

        _filled += message.Length;
        // The first byte's sender asks; another process with the same connection may only complete what it began.
        _sender ??= message.Credentials;
        return _filled == _buffer.Length;
    }

    private CommandMessage? Complete()
    {
        if (_header is { } header)
            return new CommandMessage(header.Code, header.Value, _buffer);
        var (code, value, length) = CommandMessage.ParseHeader(_buffer, CommandMessage.LongestRequest);
        if (length == 0)
            return new CommandMessage(code, value, []);
        (_header, _buffer, _filled) = ((code, value), new byte[length], 0);
        return null;
    }

    private void Dispatch(CommandMessage request)
    {
        // The kernel adds no credentials to what was sent before they were asked for, and says "nobody" then: who connected is known in any case.
        if (_isAllowed(_sender is { ProcessId: not 0 } or { UserId: not Nobody } ? _sender.Value : UnixSocket.PeerCredentials(_socket)))
            _handle(this, request);
        else
            Answer(CommandMessage.Refusal(Errno.EPERM));
    }

    private void Send(CommandMessage message, ReadOnlySpan<FileDescriptor> descriptors)
    {
        if (_isClosed)
            return;
        try
        {
            UnixSocket.Send(_socket, message.Header(), descriptors);
            if (message.Data.Length > 0)
                UnixSocket.Send(_socket, message.Data);
        }
        catch (SyscallException)
        {
            // It did not wait for its answer, or does not take it.
            Dispose();
        }
    }
}
