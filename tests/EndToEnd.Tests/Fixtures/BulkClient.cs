using System.Net.Sockets;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Sends bytes to the payload's echo server as fast as they go, and checks each that comes back.</summary>
public sealed class BulkClient : IDisposable
{
    private const int Modulus = 251, Block = Modulus * 64, Much = 1 << 20;
    private readonly Socket _socket;
    private readonly Thread _sender, _receiver;
    private volatile bool _isStopping;
    private volatile string? _failure;
    private long _received;

    private BulkClient(Socket socket)
    {
        _socket = socket;
        _sender = new Thread(() => Run(Send)) { IsBackground = true, Name = "bulk sender" };
        _receiver = new Thread(() => Run(Receive)) { IsBackground = true, Name = "bulk receiver" };
    }

    /// <summary>Connects and begins.</summary>
    public static BulkClient Start(string address, int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000, SendTimeout = 20_000 };
        socket.Connect(address, port);
        var client = new BulkClient(socket);
        client._sender.Start();
        client._receiver.Start();
        return client;
    }

    /// <summary>Waits until a megabyte more came back.</summary>
    public void RequireMore()
    {
        var wanted = Interlocked.Read(ref _received) + Much;
        Wait.Until(() => _failure is not null || Interlocked.Read(ref _received) >= wanted, TimeSpan.FromSeconds(20));
        Assert.Null(_failure);
        Assert.True(Interlocked.Read(ref _received) >= wanted, "the bulk transfer stands still");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _isStopping = true;
        _socket.Dispose();
        _sender.Join();
        _receiver.Join();
    }

    private void Send()
    {
        var bytes = new byte[Block];
        for (var i = 0; i < Block; i++)
            bytes[i] = (byte)(i % Modulus);
        while (!_isStopping)
            for (var done = 0; done < Block;)
                done += _socket.Send(bytes.AsSpan(done));
    }

    private void Receive()
    {
        var buffer = new byte[Block];
        while (!_isStopping)
        {
            var count = _socket.Receive(buffer);
            if (count == 0)
                throw new EndOfStreamException("the payload closed the connection");
            for (var i = 0; i < count; i++)
                if (buffer[i] != (_received + i) % Modulus)
                    throw new InvalidDataException($"byte {_received + i} is {buffer[i]}");
            Interlocked.Add(ref _received, count);
        }
    }

    private void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or EndOfStreamException or InvalidDataException)
        {
            if (!_isStopping)
                _failure ??= e.Message;
        }
    }
}
