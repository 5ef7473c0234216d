using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>One TCP connection to the payload's control port.</summary>
public sealed class PayloadClient : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _reader;

    private PayloadClient(Socket socket, string address, int port)
    {
        _socket = socket;
        _reader = new StreamReader(new NetworkStream(socket, ownsSocket: false), Encoding.ASCII);
        Address = address;
        Port = port;
    }

    public string Address { get; }

    public int Port { get; }

    /// <summary>Connects, trying again until the payload listens (20 s).</summary>
    public static PayloadClient Connect(string address, int port)
    {
        Socket? socket = null;
        SocketException? refused = null;
        var connected = Wait.Until(() =>
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000, SendTimeout = 20_000 };
            try
            {
                socket.Connect(address, port);
                return true;
            }
            catch (SocketException exception)
            {
                refused = exception;
                socket.Dispose();
                return false;
            }
        });
        return connected ? new PayloadClient(socket!, address, port) : throw new TimeoutException($"the payload does not listen on {address} {port}", refused);
    }

    /// <summary>Sends one command and gives the line that answers it.</summary>
    /// <exception cref="IOException">The connection ended or was silent for 20 s.</exception>
    public string Ask(string command)
    {
        _socket.Send(Encoding.ASCII.GetBytes(command + "\n"));
        return _reader.ReadLine() ?? throw new IOException($"the payload closed the connection instead of answering \"{command}\"");
    }

    /// <summary>Sends a command that has no other answer than "ok".</summary>
    public void Do(string command) => Assert.Equal("ok", Ask(command));

    public PayloadStatus Status() => PayloadStatus.Parse(Ask("status"));

    /// <summary>A connection to the echo server that counts what comes back.</summary>
    public EchoClient StartEcho(TimeSpan? interval = null) => EchoClient.Start(Address, Port + 1, interval ?? TimeSpan.FromMilliseconds(1));

    /// <summary>Whether the UDP socket answers a datagram, which is sent again until it does, within 20 s.</summary>
    public bool AnswersUdp(string text = "ping")
    {
        using var udp = new UdpClient(Address, Port + 2);
        udp.Client.ReceiveTimeout = 200;
        return Wait.Until(
            () =>
            {
                try
                {
                    udp.Send(Encoding.ASCII.GetBytes(text));
                    System.Net.IPEndPoint? from = null;
                    return Encoding.ASCII.GetString(udp.Receive(ref from)) == text;
                }
                catch (SocketException)
                {
                    return false;
                }
            });
    }

    /// <summary>
    /// Waits until every running counter is past <paramref name="earlier"/> (the present state by default) and a touched file's events arrived.
    /// </summary>
    /// <exception cref="InvalidOperationException">The payload reports an error, or something does not go on within 20 s.</exception>
    public PayloadStatus RequireGoingOn(PayloadStatus? earlier = null)
    {
        PayloadStatus first = earlier ?? Status(), now = first;
        var isFull = first.Counters.ContainsKey("thread");
        if (isFull)
            Do("touch");
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            now = Status();
            if (now.Error is { } error)
                throw new InvalidOperationException($"the payload reports: {error}\n{now.Text}");
            // A timer that died with the dump still delivers the one expiry that was pending: three steps tell a living one.
            var missing = now.NotBeyond(first, 3);
            var eventsCame = !isFull || now["inotify"] == now["touches"] * 2;
            if (missing.Count == 0 && eventsCame)
                return now;
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(20))
                throw new InvalidOperationException($"does not go on: {string.Join(", ", missing)}{(eventsCame ? "" : ", inotify")}\n{now.Text}");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }
}
