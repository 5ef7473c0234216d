using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LxcNative.Netlink.Sockets;

/// <summary>An AF_NETLINK socket. It stays in the network namespace of the thread that made it.</summary>
internal sealed unsafe class KernelTransport : INetlinkTransport
{
    private readonly FileDescriptor _socket;
    private readonly string _target;
    private TimeSpan? _timeout = Timeout.InfiniteTimeSpan;

    public KernelTransport(int protocol, NetlinkSocketOptions options)
    {
        _target = $"AF_NETLINK protocol {protocol}";
        _socket = new FileDescriptor(SyscallException.ThrowIfFailed(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol), "socket", _target));
        try
        {
            SetOption(SOL_NETLINK, (int)NETLINK_OPTION.NETLINK_EXT_ACK, 1);
            SetOption(SOL_NETLINK, (int)NETLINK_OPTION.NETLINK_CAP_ACK, 1);
            if (options.StrictChecking)
                SetOption(SOL_NETLINK, (int)NETLINK_OPTION.NETLINK_GET_STRICT_CHK, 1);
            SetQueue(SO_RCVBUFFORCE, SO_RCVBUF, options.ReceiveBufferSize);
            SetQueue(SO_SNDBUFFORCE, SO_SNDBUF, options.SendBufferSize);
            if (options.OnlyAcknowledgements)
                LeaveOutAllBut(NLMSG.NLMSG_ERROR);
            PortId = BindToFreePort();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes over a socket that another process has opened, set up and bound, and uses no more.</summary>
    /// <param name="socket">The socket, which this object owns from here on, also when this throws.</param>
    public KernelTransport(FileDescriptor socket)
    {
        _target = $"AF_NETLINK descriptor {socket.Number}";
        (_socket, _timeout) = (socket, null);
        try
        {
            PortId = ReadPort();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public uint PortId { get; }

    /// <summary>The socket; stays this object's.</summary>
    public FileDescriptor Descriptor => _socket;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        using DescriptorLease lease = new(_socket);
        fixed (byte* bytes = datagram)
        {
            sockaddr_nl kernel = new() { nl_family = (ushort)(int)AF_NETLINK };
            while (sendto(lease.Number, bytes, datagram.Length, 0, (sockaddr*)&kernel, Unsafe.SizeOf<sockaddr_nl>()) == -1)
            {
                if (Errno.Last != Errno.EINTR)
                    SyscallException.ThrowLast("sendto", $"{_target}, {datagram.Length} bytes",
                        Errno.Last == Errno.EMSGSIZE ? "larger than SendBufferSize" : null);
            }
        }
    }

    public bool TryReceive(Span<byte> buffer, bool peek, TimeSpan timeout, out ReceivedDatagram received)
    {
        using DescriptorLease lease = new(_socket);
        var flags = MSG_TRUNC | (peek ? MSG_PEEK : 0);
        if (timeout == TimeSpan.Zero)
            flags |= MSG_DONTWAIT;
        else
            SetTimeout(timeout);
        sockaddr_nl sender = default;
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                socklen_t addressLength = (uint)Unsafe.SizeOf<sockaddr_nl>();
                var length = (long)recvfrom(lease.Number, bytes, buffer.Length, flags, (sockaddr*)&sender, &addressLength);
                if (length >= 0)
                {
                    received = new ReceivedDatagram(checked((int)length), sender.nl_pid, sender.nl_groups);
                    return true;
                }

                if (Errno.Last == Errno.EAGAIN)
                {
                    received = default;
                    return false;
                }

                if (Errno.Last != Errno.EINTR)
                    SyscallException.ThrowLast("recvfrom", _target,
                        Errno.Last == Errno.ENOBUFS ? "messages were lost: enlarge ReceiveBufferSize and read the state again" : null);
            }
        }
    }

    public void SetMembership(uint group, bool isMember) =>
        SetOption(SOL_NETLINK, (int)(isMember ? NETLINK_OPTION.NETLINK_ADD_MEMBERSHIP : NETLINK_OPTION.NETLINK_DROP_MEMBERSHIP), (int)group);

    public void Dispose() => _socket.Dispose();

    private void LeaveOutAllBut(NLMSG type)
    {
        using DescriptorLease lease = new(_socket);
        // BPF loads in network byte order what the header has in the host's.
        var program = stackalloc sock_filter[4]
        {
            new(BPF_CODE.BPF_LD | BPF_CODE.BPF_H | BPF_CODE.BPF_ABS, MessageHeader.TypeOffset),
            new(BPF_CODE.BPF_JMP | BPF_CODE.BPF_JEQ | BPF_CODE.BPF_K,
                BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ushort)type) : (ushort)type)
            {
                jf = 1,
            },
            new(BPF_CODE.BPF_RET | BPF_CODE.BPF_K, uint.MaxValue),
            new(BPF_CODE.BPF_RET | BPF_CODE.BPF_K, 0),
        };
        sock_fprog filter = new() { len = 4, filter = program };
        SyscallException.ThrowIfFailed(setsockopt(lease.Number, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(sock_fprog)), "setsockopt SO_ATTACH_FILTER",
            _target);
    }

    private uint BindToFreePort()
    {
        using DescriptorLease lease = new(_socket);
        sockaddr_nl address = new() { nl_family = (ushort)(int)AF_NETLINK };
        socklen_t length = (uint)Unsafe.SizeOf<sockaddr_nl>();
        SyscallException.ThrowIfFailed(bind(lease.Number, (sockaddr*)&address, length), "bind", _target);
        return ReadPort();
    }

    private uint ReadPort()
    {
        using DescriptorLease lease = new(_socket);
        sockaddr_nl address = default;
        socklen_t length = (uint)Unsafe.SizeOf<sockaddr_nl>();
        SyscallException.ThrowIfFailed(getsockname(lease.Number, (sockaddr*)&address, &length), "getsockname", _target);
        return address.nl_pid;
    }

    private void SetQueue(int force, int plain, int? size)
    {
        if (size is not { } bytes)
            return;
        if (TrySetOption(SOL_SOCKET, force, bytes) != 0)
            SetOption(SOL_SOCKET, plain, bytes);
    }

    private void SetTimeout(TimeSpan timeout)
    {
        if (timeout == _timeout)
            return;
        using DescriptorLease lease = new(_socket);

        // A zero timeval means "for ever", so the shortest wait is a microsecond.
        var microseconds = timeout == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, (long)timeout.TotalMicroseconds);
        (var seconds, var rest) = Math.DivRem(microseconds, 1_000_000);
        var value = stackalloc long[2] { seconds, rest };
        SyscallException.ThrowIfFailed(setsockopt(lease.Number, SOL_SOCKET, SO_RCVTIMEO, value, 2 * sizeof(long)), "setsockopt SO_RCVTIMEO", _target);
        _timeout = timeout;
    }

    private void SetOption(int level, int option, int value) =>
        SyscallException.ThrowIfFailed(TrySetOption(level, option, value), $"setsockopt {level}/{option} = {value}", _target);

    private int TrySetOption(int level, int option, int value)
    {
        using DescriptorLease lease = new(_socket);
        return setsockopt(lease.Number, level, option, &value, sizeof(int));
    }
}
