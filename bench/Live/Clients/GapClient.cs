using System.Diagnostics;
using System.Net.Sockets;

namespace LxcNative.Bench.Live.Clients;

/// <summary>A client of a container, on threads of its own, that knows how long it waited at most.</summary>
internal abstract class GapClient : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Thread> _threads = [];
    private long _answers;
    private TimeSpan _longest;

    /// <summary>Why it does not go on; null while it does.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How often data was sent again since it was started, by its kernel; what of that was the container's <see cref="ContainerCounters"/>
    /// tell.</summary>
    public virtual long Retransmissions => 0;

    /// <summary>How much of what it sent never came back.</summary>
    public virtual long Lost => 0;

    /// <summary>Whether it has been asked to end.</summary>
    protected bool IsStopping { get; private set; }

    /// <summary>Measures while something happens.</summary>
    /// <returns>The longest time that it waited, in milliseconds.</returns>
    /// <exception cref="InvalidOperationException">It does not go on.</exception>
    public double During(Action action)
    {
        Await(10);
        lock (_gate)
            _longest = TimeSpan.Zero;
        Begin();
        action();
        // What was sent while the container stood still may be sent again after a second.
        Await(20);
        lock (_gate)
            return Math.Max(_longest.TotalMilliseconds, Measured);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        IsStopping = true;
        Close();
        foreach (var thread in _threads)
            thread.Join();
    }

    /// <summary>What somebody else has measured, in milliseconds.</summary>
    protected virtual double Measured => 0;

    /// <summary>The measurement begins.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Wakes its threads up, so that they see that they shall end.</summary>
    protected abstract void Close();

    /// <summary>Starts a thread of it.</summary>
    protected void Start(Action body)
    {
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or EndOfStreamException)
            {
                if (!IsStopping)
                    Failure ??= e;
            }
        });
        _threads.Add(thread);
        thread.Start();
    }

    /// <summary>An answer has come.</summary>
    /// <param name="since">When it began to wait for it, as <see cref="Stopwatch"/> counts.</param>
    protected void Answered(long since)
    {
        var took = Stopwatch.GetElapsedTime(since);
        lock (_gate)
            _longest = took > _longest ? took : _longest;
        Interlocked.Increment(ref _answers);
    }

    /// <summary>A TCP connection that sends at once.</summary>
    protected static Socket Connect(BenchContainer container)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(container.Address, BenchContainer.Port);
        return socket;
    }

    /// <summary>A UDP socket.</summary>
    protected static Socket Datagrams(BenchContainer container)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(container.Address, BenchContainer.Port + 1);
        return socket;
    }

    /// <summary>Receives that many bytes.</summary>
    protected static void ReceiveAll(Socket socket, Span<byte> bytes)
    {
        for (var done = 0; done < bytes.Length;)
            done += socket.Receive(bytes[done..]) is > 0 and var count ? count : throw new EndOfStreamException("the container closed the connection");
    }

    private void Await(int more)
    {
        var wanted = Interlocked.Read(ref _answers) + more;
        if (!Wait.Until(() => Failure is not null || Interlocked.Read(ref _answers) >= wanted, TimeSpan.FromSeconds(20)) || Failure is not null)
            throw new InvalidOperationException($"a client does not go on: {Failure?.Message ?? "it waits"}", Failure);
    }
}
