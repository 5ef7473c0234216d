using System.Diagnostics;

namespace LxcNative.Bench.Live.Clients;

/// <summary>A client that connects anew for every request.</summary>
internal sealed class NewConnectionClient : GapClient
{
    private long _retransmissions;

    public NewConnectionClient(BenchContainer container) => Start(() =>
    {
        var bytes = new byte[8];
        while (!IsStopping)
        {
            var start = Stopwatch.GetTimestamp();
            using (var socket = Connect(container))
            {
                socket.Send(bytes);
                ReceiveAll(socket, bytes);
                Answered(start);
                Interlocked.Add(ref _retransmissions, TcpCounts.Retransmissions(socket));
            }

            Thread.Sleep(5);
        }
    });

    public override long Retransmissions => Interlocked.Read(ref _retransmissions);

    protected override void Close()
    {
    }
}
