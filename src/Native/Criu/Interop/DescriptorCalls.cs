using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using static Tmds.Linux.LibC;

namespace LxcNative.Native.Criu.Interop;

/// <summary>The few calls on descriptors that talking to criu takes.</summary>
internal static unsafe class DescriptorCalls
{
    /// <summary>A connected pair of AF_UNIX SOCK_SEQPACKET sockets, close-on-exec; the caller owns both.</summary>
    public static (FileDescriptor Ours, FileDescriptor Theirs) PacketSocketPair()
    {
        var pair = stackalloc int[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == -1)
            throw new SyscallException("socketpair", "AF_UNIX SOCK_SEQPACKET", (Errno)errno);
        return (new FileDescriptor(pair[0]), new FileDescriptor(pair[1]));
    }

    /// <summary>A close-on-exec duplicate; the caller owns it.</summary>
    public static FileDescriptor Duplicate(FileDescriptor descriptor)
    {
        using var lease = new DescriptorLease(descriptor);
        var number = fcntl(lease.Number, Fcntl.F_DUPFD_CLOEXEC, 3);
        return number == -1
            ? throw new SyscallException("fcntl", $"F_DUPFD_CLOEXEC of descriptor {lease.Number}", (Errno)errno)
            : new FileDescriptor(number);
    }

    /// <summary>Says whether the descriptor is kept or closed when a program is executed.</summary>
    public static void SetCloseOnExec(FileDescriptor descriptor, bool close)
    {
        using var lease = new DescriptorLease(descriptor);
        if (fcntl(lease.Number, F_SETFD, close ? FD_CLOEXEC : 0) == -1)
            throw new SyscallException("fcntl", $"F_SETFD of descriptor {lease.Number}", (Errno)errno);
    }

    /// <summary>Sends one packet whole; a peer that is gone is EPIPE, never SIGPIPE.</summary>
    public static void SendPacket(FileDescriptor socket, ReadOnlySpan<byte> packet)
    {
        using var lease = new DescriptorLease(socket);
        fixed (byte* bytes = packet)
        {
            long sent;
            do
                sent = (long)send(lease.Number, bytes, packet.Length, MSG_NOSIGNAL);
            while (sent == -1 && errno == (int)Errno.EINTR);
            if (sent != packet.Length)
                throw new SyscallException("send", "to criu", sent == -1 ? (Errno)errno : Errno.EMSGSIZE);
        }
    }

    /// <summary>Receives one packet whole; empty when the peer has closed its end.</summary>
    public static byte[] ReceivePacket(FileDescriptor socket)
    {
        var length = Receive(socket, null, 0, MSG_PEEK | MSG_TRUNC);
        var packet = new byte[length];
        fixed (byte* bytes = packet)
        {
            if (length > 0 && Receive(socket, bytes, length, 0) != length)
                throw new SyscallException("recv", "from criu", Errno.EMSGSIZE);
        }
        return packet;
    }

    private static int Receive(FileDescriptor socket, byte* buffer, int length, int flags)
    {
        using var lease = new DescriptorLease(socket);
        long received;
        do
            received = (long)recv(lease.Number, buffer, length, flags);
        while (received == -1 && errno == (int)Errno.EINTR);
        return received == -1 ? throw new SyscallException("recv", "from criu", (Errno)errno) : (int)received;
    }
}
