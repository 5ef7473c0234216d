using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.Bench.Live.Clients;

/// <summary>A client that sends as much as a size at an interval, and never waits: a segment every millisecond, or as much as the connection takes.</summary>
internal sealed class SegmentClient : GapClient
{
    private readonly Socket _socket;

    public SegmentClient(BenchContainer container, int bytes, TimeSpan interval)
    {
        _socket = Connect(container);
        Start(() =>
        {
            for (var data = new byte[bytes]; !IsStopping;)
            {
                _socket.Send(data);
                if (interval > TimeSpan.Zero)
                    Thread.Sleep(interval);
            }
        });
        Start(() =>
        {
            var buffer = new byte[1 << 18];
            for (var last = Stopwatch.GetTimestamp(); !IsStopping; last = Stopwatch.GetTimestamp())
            {
                if (_socket.Receive(buffer) == 0)
                    throw new EndOfStreamException("the container closed the connection");
                Answered(last);
            }
        });
    }

    public override long Retransmissions => TcpCounts.Retransmissions(_socket);

    protected override void Close()
    {
        // Disposing alone waits for a call that waits.
        _socket.Shutdown(SocketShutdown.Both);
        _socket.Dispose();
    }
}
