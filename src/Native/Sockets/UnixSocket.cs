using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Sockets;

/// <summary>AF_UNIX sockets as System.Net.Sockets lacks them: pairs, abstract addresses of any bytes, descriptors and credentials.</summary>
/// <remarks>Every descriptor made here is close-on-exec and blocking. Abstract addresses belong to the calling thread's network namespace.</remarks>
public static unsafe class UnixSocket
{
    /// <summary>Makes two sockets connected to each other (socketpair(2)); both are the caller's to dispose.</summary>
    /// <exception cref="SyscallException">socketpair(2) failed.</exception>
    public static (FileDescriptor First, FileDescriptor Second) Pair(UnixSocketType type)
    {
        var numbers = stackalloc int[2];
        SyscallException.ThrowIfFailed(LibC.socketpair(Socket.AF_UNIX, (int)type | Socket.SOCK_CLOEXEC, 0, numbers), "socketpair", $"{type}");
        return (new FileDescriptor(numbers[0]), new FileDescriptor(numbers[1]));
    }

    /// <summary>Connects to an abstract address.</summary>
    /// <param name="name">The address without its leading NUL.</param>
    /// <param name="type">The kind of socket that listens there.</param>
    /// <param name="timeout">How long to wait for a place where too many wait already, and afterwards for each send and receive; null for any time.</param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="SyscallException">ECONNREFUSED: nobody listens there in this network namespace. EAGAIN: no place came free in time.</exception>
    public static FileDescriptor ConnectAbstract(ReadOnlySpan<byte> name, UnixSocketType type = UnixSocketType.Stream, TimeSpan? timeout = null)
    {
        var address = UnixAddress.Abstract(name);
        return Make(type, address, (socket, bytes, length) =>
        {
            if (timeout is { } limit)
                SetTimeout(socket, limit);
            int result;
            do
                result = LibC.connect(socket, (sockaddr*)bytes, length);
            while (result == -1 && Errno.Last == Errno.EINTR);
            return result;
        }, "connect");
    }

    /// <summary>Binds an abstract address and, for connections, listens.</summary>
    /// <param name="name">The address without its leading NUL.</param>
    /// <param name="type">The kind of socket.</param>
    /// <param name="backlog">Connections that may wait to be accepted.</param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="SyscallException">EADDRINUSE: the address is taken in this network namespace.</exception>
    public static FileDescriptor ListenAbstract(ReadOnlySpan<byte> name, UnixSocketType type = UnixSocketType.Stream, int backlog = 16)
    {
        var socket = BindAbstract(name, type);
        try
        {
            if (type != UnixSocketType.Datagram)
                Listen(socket, backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Binds an abstract address: nobody else can have it, and who connects to it is refused until somebody listens.</summary>
    /// <param name="name">The address without its leading NUL.</param>
    /// <param name="type">The kind of socket.</param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="SyscallException">EADDRINUSE: the address is taken in this network namespace.</exception>
    internal static FileDescriptor BindAbstract(ReadOnlySpan<byte> name, UnixSocketType type = UnixSocketType.Stream) =>
        Make(type, UnixAddress.Abstract(name), (socket, bytes, length) => LibC.bind(socket, (sockaddr*)bytes, length), "bind");

    /// <summary>Lets others connect to a bound socket.</summary>
    /// <param name="socket">Stays the caller's.</param>
    /// <param name="backlog">Connections that may wait to be accepted.</param>
    /// <exception cref="SyscallException">listen(2) failed.</exception>
    internal static void Listen(FileDescriptor socket, int backlog = 16)
    {
        using var lease = new DescriptorLease(socket);
        SyscallException.ThrowIfFailed(LibC.listen(lease.Number, backlog), "listen", $"descriptor {lease.Number}");
    }

    /// <summary>Waits for a connection and accepts it; the new descriptor is the caller's to dispose.</summary>
    /// <exception cref="SyscallException">accept4(2) failed.</exception>
    public static FileDescriptor Accept(FileDescriptor listener)
    {
        using var lease = new DescriptorLease(listener);
        int result;
        do
            result = LibC.accept4(lease.Number, null, null, Socket.SOCK_CLOEXEC);
        while (result == -1 && Errno.Last is Errno.EINTR or Errno.ECONNABORTED);
        return new FileDescriptor(SyscallException.ThrowIfFailed(result, "accept4", $"descriptor {lease.Number}"));
    }

    /// <summary>Has the kernel add the sender's credentials to every message received (SO_PASSCRED).</summary>
    /// <exception cref="SyscallException">setsockopt(2) failed.</exception>
    public static void PassCredentials(FileDescriptor socket, bool enabled = true)
    {
        using var lease = new DescriptorLease(socket);
        var value = enabled ? 1 : 0;
        SyscallException.ThrowIfFailed(
            LibC.setsockopt(lease.Number, Socket.SOL_SOCKET, Socket.SO_PASSCRED, &value, sizeof(int)), "setsockopt SO_PASSCRED", $"descriptor {lease.Number}");
    }

    /// <summary>Who connected, or listened, or made the pair, at that time (SO_PEERCRED).</summary>
    /// <exception cref="SyscallException">getsockopt(2) failed.</exception>
    public static UnixCredentials PeerCredentials(FileDescriptor socket)
    {
        using var lease = new DescriptorLease(socket);
        ucred credentials;
        socklen_t length = sizeof(ucred);
        SyscallException.ThrowIfFailed(
            LibC.getsockopt(lease.Number, Socket.SOL_SOCKET, Socket.SO_PEERCRED, &credentials, &length), "getsockopt SO_PEERCRED",
            $"descriptor {lease.Number}");
        return ControlMessages.From(credentials);
    }

    /// <summary>Bounds how long a send or a receive waits; EAGAIN is thrown when it is over (SO_SNDTIMEO, SO_RCVTIMEO).</summary>
    /// <param name="socket">Stays the caller's.</param>
    /// <param name="timeout">Zero for no bound.</param>
    /// <exception cref="SyscallException">setsockopt(2) failed.</exception>
    public static void SetTimeout(FileDescriptor socket, TimeSpan timeout)
    {
        using var lease = new DescriptorLease(socket);
        SetTimeout(lease.Number, timeout);
    }

    /// <summary>Sends one message, or bytes of a stream, whole. A closed other end is EPIPE, never a signal.</summary>
    /// <param name="socket">Stays the caller's.</param>
    /// <param name="data">The bytes; a stream needs at least one to carry descriptors or credentials.</param>
    /// <param name="descriptors">Sent along (SCM_RIGHTS); they stay the caller's.</param>
    /// <param name="credentials">Sent along (SCM_CREDENTIALS); null for none. Only root may claim another's.</param>
    /// <exception cref="SyscallException">sendmsg(2) failed.</exception>
    public static void Send(
        FileDescriptor socket, ReadOnlySpan<byte> data, ReadOnlySpan<FileDescriptor> descriptors = default, UnixCredentials? credentials = null)
    {
        using var lease = new DescriptorLease(socket);
        using var control = ControlMessages.ForSending(descriptors, credentials);
        var sent = SendOnce(lease.Number, data, control.Bytes);
        // A stream may take a part; what was sent along went with its first byte.
        while (sent < data.Length)
            sent += SendOnce(lease.Number, data[sent..], default);
    }

    /// <summary>Receives one message, or what there is of a stream.</summary>
    /// <param name="socket">Stays the caller's.</param>
    /// <param name="buffer">Filled from its start.</param>
    /// <param name="maximumDescriptors">How many descriptors may come along; more are closed by the kernel.</param>
    /// <param name="wait">Whether to wait for data; otherwise EAGAIN.</param>
    /// <returns>Holds the descriptors: dispose it.</returns>
    /// <exception cref="SyscallException">recvmsg(2) failed.</exception>
    public static UnixMessage Receive(FileDescriptor socket, Span<byte> buffer, int maximumDescriptors = 0, bool wait = true)
    {
        using var lease = new DescriptorLease(socket);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDescriptors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumDescriptors, Socket.SCM_MAX_FD);
        var control = new byte[ControlMessages.SpaceFor(maximumDescriptors)];
        fixed (byte* data = buffer, controlStart = control)
        {
            var vector = new iovec { iov_base = data, iov_len = (size_t)(uint)buffer.Length };
            var header = new msghdr { msg_iov = &vector, msg_iovlen = 1, msg_control = controlStart, msg_controllen = control.Length };
            long result;
            do
                result = LibC.recvmsg(lease.Number, &header, Socket.MSG_CMSG_CLOEXEC | (wait ? 0 : Socket.MSG_DONTWAIT));
            while (result == -1 && Errno.Last == Errno.EINTR);
            if (result == -1)
                SyscallException.ThrowLast("recvmsg", $"descriptor {lease.Number}");
            var length = (int)Math.Min((uint)header.msg_controllen, (uint)control.Length);
            var (descriptors, credentials) = ControlMessages.Parse(control.AsSpan(0, length));
            return new UnixMessage(
                (int)result, descriptors, credentials, (header.msg_flags & Socket.MSG_TRUNC) != 0, (header.msg_flags & Socket.MSG_CTRUNC) != 0);
        }
    }

    private static void SetTimeout(int socket, TimeSpan timeout)
    {
        // struct timeval: seconds, microseconds.
        var time = stackalloc long[] { timeout.Ticks / TimeSpan.TicksPerSecond, timeout.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond };
        foreach (var option in (ReadOnlySpan<int>)[Socket.SO_SNDTIMEO, Socket.SO_RCVTIMEO])
            SyscallException.ThrowIfFailed(LibC.setsockopt(socket, Socket.SOL_SOCKET, option, time, 2 * sizeof(long)), "setsockopt SO_RCVTIMEO",
                $"descriptor {socket}");
    }

    private delegate int AddressCall(int socket, byte* address, int length);

    private static FileDescriptor Make(UnixSocketType type, UnixAddress address, AddressCall call, string operation)
    {
        var socket = new FileDescriptor(SyscallException.ThrowIfFailed(
            LibC.socket(Socket.AF_UNIX, (int)type | Socket.SOCK_CLOEXEC, 0), "socket", $"AF_UNIX {type}"));
        int result;
        fixed (byte* bytes = address.Bytes)
            result = call(socket.Number, bytes, address.Bytes.Length);
        if (result == 0)
            return socket;
        var errno = Errno.Last;
        socket.Dispose();
        throw new SyscallException(operation, address.Text, errno);
    }

    private static int SendOnce(int socket, ReadOnlySpan<byte> data, ReadOnlySpan<byte> control)
    {
        fixed (byte* dataStart = data, controlStart = control)
        {
            var vector = new iovec { iov_base = dataStart, iov_len = (size_t)(uint)data.Length };
            var header = new msghdr { msg_iov = &vector, msg_iovlen = 1, msg_control = controlStart, msg_controllen = control.Length };
            long result;
            do
                result = LibC.sendmsg(socket, &header, Socket.MSG_NOSIGNAL);
            while (result == -1 && Errno.Last == Errno.EINTR);
            if (result == -1)
                SyscallException.ThrowLast("sendmsg", $"descriptor {socket}");
            return (int)result;
        }
    }
}
