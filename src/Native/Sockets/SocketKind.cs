using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Sockets;

/// <summary>What socket(2) was asked for.</summary>
/// <param name="Domain">The family of its addresses (AF_*).</param>
/// <param name="Type">SOCK_*.</param>
/// <param name="Protocol">IPPROTO_*.</param>
internal readonly record struct SocketKind(int Domain, int Type, int Protocol)
{
    private static readonly SocketOption s_domain = new(SocketOptionNames.SOL_SOCKET, SocketOptionNames.SO_DOMAIN),
        s_type = new(SocketOptionNames.SOL_SOCKET, SocketOptionNames.SO_TYPE), s_protocol = new(SocketOptionNames.SOL_SOCKET, SocketOptionNames.SO_PROTOCOL);

    /// <summary>Whether it is one of the Internet's.</summary>
    public bool IsInternet => Domain is Socket.AF_INET or Socket.AF_INET6;

    /// <summary>Of which kind a socket is; null for what is none.</summary>
    /// <param name="socket">Stays the caller's.</param>
    public static SocketKind? TryRead(FileDescriptor socket) =>
        Number(s_domain, socket) is { } domain && Number(s_type, socket) is { } type && Number(s_protocol, socket) is { } protocol
            ? new SocketKind(domain, type, protocol)
            : null;

    /// <summary>Makes another of this kind, in the calling thread's network namespace.</summary>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="SyscallException">The kernel makes none.</exception>
    public FileDescriptor Make() =>
        new(SyscallException.ThrowIfFailed(LibC.socket(Domain, Type | Socket.SOCK_CLOEXEC, Protocol), "socket", $"{this}"));

    private static int? Number(SocketOption option, FileDescriptor socket) => option.TryRead(socket) is { Length: sizeof(int) } value
        ? BitConverter.ToInt32(value)
        : null;
}
