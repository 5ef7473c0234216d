using System.Buffers.Binary;
using System.Net.Sockets;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>What the kernel counts of a connection since it was opened (TCP_INFO).</summary>
public static class TcpCounts
{
    private const int IpprotoTcp = 6, TcpInfo = 11, TotalRetransOffset = 100, BytesReceivedOffset = 128;

    /// <summary>How often it has sent data again.</summary>
    public static uint Retransmissions(Socket socket) =>
        Read(socket, TotalRetransOffset, sizeof(uint)) is var value && BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(value)
            : BinaryPrimitives.ReadUInt32BigEndian(value);

    /// <summary>How many bytes have come, read or not.</summary>
    public static long Received(Socket socket) =>
        Read(socket, BytesReceivedOffset, sizeof(long)) is var value && BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadInt64LittleEndian(value)
            : BinaryPrimitives.ReadInt64BigEndian(value);

    private static byte[] Read(Socket socket, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var info = new byte[offset + length];
        socket.GetRawSocketOption(IpprotoTcp, TcpInfo, info);
        return info[offset..];
    }
}
