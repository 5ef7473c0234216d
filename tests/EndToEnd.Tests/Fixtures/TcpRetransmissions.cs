using System.Buffers.Binary;
using System.Net.Sockets;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>How often the kernel has sent data of a connection again (TCP_INFO).</summary>
public static class TcpRetransmissions
{
    private const int IpprotoTcp = 6, TcpInfo = 11, TotalRetransOffset = 100;

    /// <summary>Since it was opened.</summary>
    public static uint Of(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var info = new byte[TotalRetransOffset + sizeof(uint)];
        socket.GetRawSocketOption(IpprotoTcp, TcpInfo, info);
        var value = info.AsSpan(TotalRetransOffset);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(value) : BinaryPrimitives.ReadUInt32BigEndian(value);
    }
}
