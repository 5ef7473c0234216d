using System.Runtime.InteropServices;
using LxcNative.Netlink.Errors;

namespace LxcNative.Netlink.Wire;

/// <summary>The header of every message (struct nlmsghdr of linux/netlink.h), in the byte order of the host.</summary>
/// <remarks><code>
///  0               2               4               6               8
/// +-------------------------------+---------------+---------------+
/// |            length             |     type      |     flags     |
/// +-------------------------------+---------------+---------------+
/// |           sequence            |            port id            |
/// +-------------------------------+-------------------------------+
/// </code></remarks>
/// <param name="Length">Bytes of the message with this header, without the padding after it.</param>
/// <param name="Type">What the message is; its meaning belongs to the netlink family.</param>
/// <param name="Flags">NLM_F_*.</param>
/// <param name="Sequence">Chosen by the requester, repeated in every answer.</param>
/// <param name="PortId">The port id of the requester's socket; 0 in a notification or when the kernel is to fill it in.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct MessageHeader(uint Length, ushort Type, MessageFlags Flags, uint Sequence, uint PortId)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 16;

    internal const int TypeOffset = 4;

    /// <summary>Reads the header at the beginning of <paramref name="bytes"/>; the length in it is not judged.</summary>
    /// <exception cref="NetlinkProtocolException">There are fewer than 16 bytes.</exception>
    public static MessageHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            throw new NetlinkProtocolException($"message header: {bytes.Length} bytes where {Size} are needed");
        return MemoryMarshal.Read<MessageHeader>(bytes);
    }

    /// <summary>Writes the header over the first 16 bytes of <paramref name="bytes"/>.</summary>
    public void Write(Span<byte> bytes) => MemoryMarshal.Write(bytes, in this);
}
