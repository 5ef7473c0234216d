using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using Tmds.Linux;

namespace LxcNative.Native.Sockets;

/// <summary>An option that sockets have (socket(7), ip(7), ipv6(7), tcp(7), udp(7)).</summary>
/// <param name="Level">Whose it is.</param>
/// <param name="Name">Its number there.</param>
/// <param name="Size">The bytes of its value, at most.</param>
internal readonly unsafe record struct SocketOption(int Level, int Name, int Size = sizeof(int))
{
    /// <summary>The most bytes that any of these has.</summary>
    public const int LargestSize = 16;

    /// <summary>Its value; null where the socket has no such option.</summary>
    /// <param name="socket">The socket; stays the caller's.</param>
    public byte[]? TryRead(FileDescriptor socket)
    {
        using var lease = new DescriptorLease(socket);
        var value = stackalloc byte[LargestSize];
        socklen_t length = (uint)Size;
        return LibC.getsockopt(lease.Number, Level, Name, value, &length) == 0 && (uint)length <= Size
            ? new ReadOnlySpan<byte>(value, (int)(uint)length).ToArray()
            : null;
    }

    /// <summary>Sets it.</summary>
    /// <param name="socket">The socket; stays the caller's.</param>
    /// <param name="value">What was read of one like it.</param>
    /// <exception cref="SyscallException">setsockopt(2) failed.</exception>
    public void Set(FileDescriptor socket, ReadOnlySpan<byte> value)
    {
        using var lease = new DescriptorLease(socket);
        fixed (byte* bytes = value)
            SyscallException.ThrowIfFailed(
                LibC.setsockopt(lease.Number, Level, Name, bytes, (uint)value.Length), "setsockopt",
                $"descriptor {lease.Number}, level {Level}, option {Name}");
    }
}
