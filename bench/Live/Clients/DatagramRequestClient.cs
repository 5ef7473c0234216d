using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.Bench.Live.Clients;

/// <summary>A client that sends a datagram, waits for the answer, thinks for 10 ms, and sends the next; after a second it takes one for lost and sends another,
/// as resolvers do.</summary>
internal sealed class DatagramRequestClient : GapClient
{
    private readonly Socket _socket;
    private long _lost;

    public DatagramRequestClient(BenchContainer container)
    {
        _socket = Datagrams(container);
        Start(() =>
        {
            var bytes = new byte[8];
            while (!IsStopping)
            {
                var start = Stopwatch.GetTimestamp();
                _socket.Send(bytes);
                while (!_socket.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead) && !IsStopping)
                {
                    Interlocked.Increment(ref _lost);
                    _socket.Send(bytes);
                }

                _socket.Receive(bytes);
                Answered(start);
                Thread.Sleep(10);
            }
        });
    }

    public override long Lost => Interlocked.Read(ref _lost);

    protected override void Close() => _socket.Dispose();
}
