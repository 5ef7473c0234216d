using System.Net.Sockets;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>A TCP connection to the echo server in whose queues data lie both ways: bytes that the server has not read, and bytes that this
/// end has not read, so that the kernel of the container holds them unacknowledged once the receive window is full.</summary>
internal sealed class QueuedConnection : IDisposable
{
    private const int SmallWindow = 4096;
    private const int Modulus = 251;
    private readonly PayloadClient _payload;
    private readonly Socket _socket;
    private int _sent;
    private int _pushed;

    public QueuedConnection(PayloadClient payload)
    {
        _payload = payload;
        // Set before connecting, the buffer limits the window that is offered: what does not fit stays queued on the other side.
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveBufferSize = SmallWindow,
            ReceiveTimeout = 20_000,
            SendTimeout = 20_000,
        };
        _socket.Connect(payload.Address, payload.Port + 1);
    }

    /// <summary>Sends bytes that the server leaves unread, and has it push bytes that this end leaves unread.</summary>
    public void FillBothWays(int count)
    {
        _payload.Do("hold");
        _payload.Do($"push {count}");
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
            bytes[i] = (byte)((_sent + i) % Modulus);
        for (var done = 0; done < count;)
            done += _socket.Send(bytes.AsSpan(done));
        _sent += count;
        _pushed += count;
    }

    /// <summary>Reads everything that was pushed and everything that comes back of what was sent, and checks each byte.</summary>
    public void RequireEverything()
    {
        Require(_pushed, 0);
        _payload.Do("release");
        Require(_sent, 0);
        _pushed = 0;
        _sent = 0;
    }

    public void Dispose() => _socket.Dispose();

    private void Require(int count, int first)
    {
        var buffer = new byte[65536];
        for (var done = 0; done < count;)
        {
            var received = _socket.Receive(buffer, 0, Math.Min(buffer.Length, count - done), SocketFlags.None);
            Assert.True(received > 0, $"the connection ended after {done} of {count} bytes");
            for (var i = 0; i < received; i++)
                Assert.True(buffer[i] == (first + done + i) % Modulus, $"byte {done + i} is {buffer[i]}");
            done += received;
        }
    }
}
