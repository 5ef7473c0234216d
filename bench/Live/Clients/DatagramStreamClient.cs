using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.Bench.Live.Clients;

/// <summary>A client that sends a datagram every millisecond, and counts what comes back.</summary>
internal sealed class DatagramStreamClient : GapClient
{
    private readonly Socket _socket;
    private long _sent, _received;

    public DatagramStreamClient(BenchContainer container)
    {
        _socket = Datagrams(container);
        Start(() =>
        {
            for (var bytes = new byte[8]; !IsStopping; Thread.Sleep(1))
            {
                _socket.Send(bytes);
                Interlocked.Increment(ref _sent);
            }
        });
        Start(() =>
        {
            var bytes = new byte[8];
            for (var last = Stopwatch.GetTimestamp(); !IsStopping; last = Stopwatch.GetTimestamp())
            {
                while (!_socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
                    if (IsStopping)
                        return;
                _socket.Receive(bytes);
                Interlocked.Increment(ref _received);
                Answered(last);
            }
        });
    }

    // What is on its way just now is not lost.
    public override long Lost => Math.Max(0, Interlocked.Read(ref _sent) - Interlocked.Read(ref _received) - 2);

    protected override void Close() => Thread.Sleep(50);
}
