using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.Bench.Live.Clients;

/// <summary>Clients that send a request, wait for its answer, think for 10 ms, and send the next, each over a connection of its own.</summary>
internal sealed class RequestClients : GapClient
{
    private readonly List<Socket> _sockets = [];

    public RequestClients(BenchContainer container, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var socket = Connect(container);
            _sockets.Add(socket);
            Start(() => Ask(socket));
        }
    }

    public override long Retransmissions => _sockets.Sum(socket => TcpCounts.Retransmissions(socket));

    protected override void Close() => _sockets.ForEach(socket => socket.Dispose());

    private void Ask(Socket socket)
    {
        var bytes = new byte[8];
        while (!IsStopping)
        {
            var start = Stopwatch.GetTimestamp();
            socket.Send(bytes);
            ReceiveAll(socket, bytes);
            Answered(start);
            Thread.Sleep(10);
        }
    }
}
