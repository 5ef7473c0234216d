using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A client as most are: it sends a request, waits for the answer, thinks for a moment, and sends the next. Over TCP, or a datagram at a
/// time.</summary>
/// <remarks>One that never thinks has its request at a container that stands still before the network is locked, and sends nothing more.</remarks>
public sealed class RequestClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(10);
    private readonly Socket _socket;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private volatile bool _isStopping;
    private long _answers;
    private TimeSpan _longest;
    private Exception? _failure;

    private RequestClient(Socket socket)
    {
        _socket = socket;
        _thread = new Thread(Ask) { IsBackground = true, Name = "requests" };
    }

    /// <summary>Connects and begins.</summary>
    public static RequestClient Start(string address, int port, ProtocolType protocol)
    {
        var isStream = protocol == ProtocolType.Tcp;
        var socket = new Socket(AddressFamily.InterNetwork, isStream ? SocketType.Stream : SocketType.Dgram, protocol)
        {
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        if (isStream)
            socket.NoDelay = true;
        socket.Connect(address, port);
        var client = new RequestClient(socket);
        client._thread.Start();
        return client;
    }

    /// <summary>How often the kernel has sent a request again.</summary>
    public uint Retransmissions => TcpCounts.Retransmissions(_socket);

    /// <summary>How many answers came.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>The longest time from a request to its answer since this was asked last.</summary>
    public TimeSpan TakeLongest()
    {
        lock (_gate)
        {
            var longest = _longest;
            _longest = TimeSpan.Zero;
            return longest;
        }
    }

    /// <summary>Waits for further answers.</summary>
    public void RequireAnswers(int more)
    {
        var wanted = Answers + more;
        Wait.For($"{more} more answers ({_failure?.Message ?? "no failure so far"})", () => Answers >= wanted);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _isStopping = true;
        _socket.Dispose();
        _thread.Join();
    }

    private void Ask()
    {
        var bytes = new byte[8];
        try
        {
            while (!_isStopping)
            {
                var start = Stopwatch.GetTimestamp();
                _socket.Send(bytes);
                for (var done = 0; done < bytes.Length;)
                    done += _socket.Receive(bytes.AsSpan(done)) is > 0 and var count
                        ? count
                        : throw new EndOfStreamException("the payload closed the connection");
                var took = Stopwatch.GetElapsedTime(start);
                lock (_gate)
                    _longest = took > _longest ? took : _longest;
                Interlocked.Increment(ref _answers);
                Thread.Sleep(Thinking);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or EndOfStreamException)
        {
            _failure = e;
        }
    }
}
