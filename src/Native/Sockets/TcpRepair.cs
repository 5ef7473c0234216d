using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Sockets;

/// <summary>The repair mode of a TCP socket (TCP_REPAIR, tcp(7) knows it not; net/ipv4/tcp.c): under it nothing is sent. criu sets it, and takes it off
/// again.</summary>
internal static unsafe class TcpRepair
{
    /// <summary>Whether a socket is under repair.</summary>
    /// <param name="socket">Any descriptor; it stays the caller's.</param>
    /// <returns>False, too, for what is no TCP socket.</returns>
    public static bool IsOn(FileDescriptor socket)
    {
        using var lease = new DescriptorLease(socket);
        var value = 0;
        socklen_t length = sizeof(int);
        return LibC.getsockopt(lease.Number, Socket.IPPROTO_TCP, Tcp.TCP_REPAIR, &value, &length) == 0 && value != 0;
    }

    /// <summary>Takes it off; the socket asks its peer where they are, and goes on.</summary>
    /// <param name="socket">A TCP socket; it stays the caller's.</param>
    /// <exception cref="SyscallException">EPERM: the caller has no CAP_NET_ADMIN over the socket's network.</exception>
    public static void TurnOff(FileDescriptor socket)
    {
        using var lease = new DescriptorLease(socket);
        var value = Tcp.TCP_REPAIR_OFF;
        SyscallException.ThrowIfFailed(LibC.setsockopt(lease.Number, Socket.IPPROTO_TCP, Tcp.TCP_REPAIR, &value, sizeof(int)), "setsockopt TCP_REPAIR",
            $"descriptor {lease.Number}");
    }
}
