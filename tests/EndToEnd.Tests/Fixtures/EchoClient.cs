using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>
/// One TCP connection to the payload's echo server that sends the next number every millisecond on one thread and checks on another that
/// all come back in order.
/// </summary>
public sealed class EchoClient : IDisposable
{
    private readonly Socket _socket;
    private readonly Thread _sender, _receiver;
    private readonly TimeSpan _interval;
    private readonly Lock _gate = new();
    private volatile bool _isStopping;
    private long _sent, _received, _last;
    private TimeSpan _longestGap;
    private string? _failure;

    private EchoClient(Socket socket, TimeSpan interval)
    {
        _socket = socket;
        _interval = interval;
        _last = Stopwatch.GetTimestamp();
        _sender = new Thread(Send) { IsBackground = true, Name = "echo sender" };
        _receiver = new Thread(Receive) { IsBackground = true, Name = "echo receiver" };
    }

    /// <summary>Connects and begins to send.</summary>
    public static EchoClient Start(string address, int port, TimeSpan interval)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address, port);
        var client = new EchoClient(socket, interval);
        client._sender.Start();
        client._receiver.Start();
        return client;
    }

    /// <summary>The state so far; sending goes on.</summary>
    public EchoReport Report()
    {
        lock (_gate)
        {
            var current = Stopwatch.GetElapsedTime(_last);
            return new EchoReport(_sent, _received, _sent > _received && current > _longestGap ? current : _longestGap, _failure);
        }
    }

    /// <summary>How many numbers the kernel has, read by this client or not.</summary>
    public long Arrived => TcpCounts.Received(_socket) / sizeof(long);

    /// <summary>Forgets the longest gap seen, so that the next report covers the time from now on.</summary>
    public void ResetGap()
    {
        lock (_gate)
            _longestGap = TimeSpan.Zero;
    }

    /// <summary>Waits until <paramref name="more"/> further numbers came back.</summary>
    /// <exception cref="InvalidOperationException">The connection failed, or they did not come within 20 s.</exception>
    public void RequireAnswers(long more = 100)
    {
        var wanted = Report().Received + more;
        if (!Wait.Until(() => Report() is var now && (now.Failure is not null || now.Received >= wanted), TimeSpan.FromSeconds(20))
            || Report().Failure is not null)
            throw new InvalidOperationException($"the echo connection does not go on: {Report()}");
    }

    /// <summary>Stops sending, waits until everything sent came back (20 s) and closes the connection.</summary>
    public EchoReport Stop()
    {
        _isStopping = true;
        _sender.Join();
        Wait.Until(() => Report() is var now && (now.Failure is not null || now.Received == now.Sent));
        var report = Report();
        if (report.Failure is null && report.Received != report.Sent)
            report = report with { Failure = $"{report.Sent - report.Received} numbers never came back" };
        _socket.Dispose();
        _receiver.Join();
        return report;
    }

    public void Dispose()
    {
        _isStopping = true;
        _socket.Dispose();
    }

    private void Send()
    {
        Span<byte> bytes = stackalloc byte[8];
        try
        {
            while (!_isStopping)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes, _sent + 1);
                for (var done = 0; done < 8;)
                    done += _socket.Send(bytes[done..]);
                lock (_gate)
                    _sent++;
                Thread.Sleep(_interval);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Fail(exception);
        }
    }

    private void Receive()
    {
        Span<byte> bytes = stackalloc byte[8];
        try
        {
            while (true)
            {
                for (var done = 0; done < 8;)
                {
                    var n = _socket.Receive(bytes[done..]);
                    if (n == 0)
                        throw new EndOfStreamException("the payload closed the connection");
                    done += n;
                }
                var number = BinaryPrimitives.ReadInt64LittleEndian(bytes);
                lock (_gate)
                {
                    var gap = Stopwatch.GetElapsedTime(_last);
                    _last = Stopwatch.GetTimestamp();
                    if (gap > _longestGap)
                        _longestGap = gap;
                    if (number != _received + 1)
                        throw new InvalidDataException($"number {number} came instead of {_received + 1}");
                    _received++;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or EndOfStreamException or InvalidDataException)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        if (_isStopping)
            return;
        lock (_gate)
            _failure ??= exception.Message;
    }
}
