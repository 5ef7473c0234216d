using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.Bench.Live;

/// <summary>One TCP connection that sends a byte every millisecond, and the longest time between two answers.</summary>
internal sealed class TcpEcho : IDisposable
{
    private readonly Socket _socket;
    private readonly Thread _sender, _receiver;
    private readonly Lock _gate = new();
    private volatile bool _isStopping;
    private long _last = Stopwatch.GetTimestamp();
    private long _answers;
    private TimeSpan _longest;

    private TcpEcho(Socket socket)
    {
        _socket = socket;
        _sender = new Thread(Send) { IsBackground = true };
        _receiver = new Thread(Receive) { IsBackground = true };
        _sender.Start();
        _receiver.Start();
    }

    /// <summary>Connects, waiting until the payload listens.</summary>
    public static TcpEcho Connect(BenchContainer container)
    {
        for (var attempt = 0; ; attempt++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Connect(container.Address, BenchContainer.Port);
                return new TcpEcho(socket);
            }
            catch (SocketException) when (attempt < 200)
            {
                socket.Dispose();
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Measures while something happens.</summary>
    /// <returns>The longest time without an answer, in milliseconds.</returns>
    public double LongestGapDuring(Action action)
    {
        Await(50);
        lock (_gate)
            _longest = TimeSpan.Zero;
        action();
        Await(50);
        lock (_gate)
            return _longest.TotalMilliseconds;
    }

    public void Dispose()
    {
        _isStopping = true;
        _socket.Dispose();
        _sender.Join();
        _receiver.Join();
    }

    private void Await(long more)
    {
        var start = Stopwatch.GetTimestamp();
        for (var until = Interlocked.Read(ref _answers) + more; Interlocked.Read(ref _answers) < until; Thread.Sleep(1))
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
                throw new TimeoutException("the connection does not go on");
    }

    private void Send()
    {
        try
        {
            for (; !_isStopping; Thread.Sleep(1))
                _socket.Send([1]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Its end, or the container's: Await tells.
        }
    }

    private void Receive()
    {
        var buffer = new byte[4096];
        try
        {
            while (_socket.Receive(buffer) is var count and > 0)
            {
                lock (_gate)
                {
                    var gap = Stopwatch.GetElapsedTime(_last);
                    _last = Stopwatch.GetTimestamp();
                    _longest = gap > _longest ? gap : _longest;
                }

                Interlocked.Add(ref _answers, count);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // As above.
        }
    }
}
