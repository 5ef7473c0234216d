using System.Net.Sockets;
using System.Text;

namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>A TCP connection at which somebody types.</summary>
internal sealed class TextConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Step = TimeSpan.FromMilliseconds(200);
    private readonly Socket _socket;
    private readonly StringBuilder _shown = new();

    private TextConnection(Socket socket)
    {
        _socket = socket;
        _socket.ReceiveTimeout = (int)Step.TotalMilliseconds;
    }

    /// <summary>Connects, as soon as somebody listens.</summary>
    public static TextConnection Open(string address, int port)
    {
        Socket? connected = null;
        Wait.For($"somebody listens at {address}:{port}", () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(address, port);
            }
            catch (SocketException)
            {
                socket.Dispose();
                return false;
            }

            connected = socket;
            return true;
        });
        return new TextConnection(connected!);
    }

    /// <summary>Presses keys.</summary>
    public void Type(string keys) => _socket.Send(Encoding.ASCII.GetBytes(keys));

    /// <summary>Waits until a text is shown.</summary>
    /// <exception cref="TimeoutException">It is not; the message has what is.</exception>
    public void Await(string text)
    {
        var some = new byte[4096];
        var end = DateTime.UtcNow + Patience;
        while (!_shown.ToString().Contains(text, StringComparison.Ordinal))
        {
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"\"{text}\" is not shown, but:\n{_shown}");
            try
            {
                _shown.Append(Encoding.Latin1.GetString(some, 0, _socket.Receive(some)));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
