using System.Net;
using System.Net.Sockets;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>Sees every frame that the container sends, on the peer's side, and says of what kind it is.</summary>
internal sealed class FrameTap : IDisposable
{
    private static readonly byte[] s_source = [0x02, 0, 0, 0, 0, 0x0a];
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400), Patience = TimeSpan.FromSeconds(10);
    private readonly Socket _socket;

    public FrameTap(FileDescriptor netns) =>
        _socket = NamespacePair.Socket(netns, AddressFamily.Packet, SocketType.Raw, (ProtocolType)IPAddress.HostToNetworkOrder((short)3));

    /// <summary>The kinds of all frames since the last call, and of those that come meanwhile.</summary>
    /// <param name="expected">Kinds that are waited for.</param>
    public SortedSet<string> Drain(params IReadOnlyCollection<string> expected)
    {
        SortedSet<string> kinds = new(StringComparer.Ordinal);
        var frame = new byte[65536];
        while (_socket.Poll(kinds.IsSupersetOf(expected) ? Quiet : Patience, SelectMode.SelectRead))
        {
            var length = _socket.Receive(frame);
            if (frame.AsSpan(6, 6).SequenceEqual(s_source))
                kinds.Add(KindOf(frame.AsSpan(0, length)));
        }

        return kinds;
    }

    public void Dispose() => _socket.Dispose();

    private static string KindOf(ReadOnlySpan<byte> frame)
    {
        var type = (frame[12] << 8) | frame[13];
        return type switch
        {
            0x0800 => frame[23] switch { 1 => "icmp", 2 => "igmp", 6 => "tcp", 17 => "udp4", byte other => $"ip {other}" },
            0x86dd => frame[20] switch
            {
                0 => "mld",
                17 => "udp6",
                58 => frame[54] switch { 135 => "neighbour solicitation", 136 => "neighbour advertisement", byte other => $"icmp6 {other}" },
                byte other => $"ip6 {other}",
            },
            0x0806 => "arp",
            _ => $"{type:x4}",
        };
    }
}
