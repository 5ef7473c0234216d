using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Netlink.SockDiag;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Datagrams that came and were not read yet: criu does not save them.</summary>
internal sealed class UnreadDatagrams : IDisposable
{
    // Who does not read in that time does not wait for them either.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50), Interval = TimeSpan.FromMilliseconds(1);
    private readonly SocketDiagnostics _diagnostics;
    private readonly IReadOnlyList<InetProtocol> _protocols;

    private UnreadDatagrams(SocketDiagnostics diagnostics)
    {
        _diagnostics = diagnostics;
        _protocols = [.. ((InetProtocol[])[InetProtocol.Udp, InetProtocol.UdpLite]).Where(IsTold)];
    }

    /// <summary>Of a network namespace, which stays the caller's.</summary>
    /// <returns>Null where the kernel tells nothing of such sockets.</returns>
    public static UnreadDatagrams? In(FileDescriptor network)
    {
        try
        {
            var datagrams = new UnreadDatagrams(SocketDiagnostics.OpenIn(network));
            if (datagrams._protocols.Count > 0)
                return datagrams;
            datagrams.Dispose();
        }
        catch (LinuxException)
        {
            // They are lost then, as with any other checkpoint.
        }

        return null;
    }

    /// <summary>Waits until they are read, for a moment at most.</summary>
    /// <exception cref="LinuxException">The kernel does not tell any more.</exception>
    public void Await()
    {
        for (var deadline = Deadline.After(Patience); Any() && !deadline.IsOver;)
            Thread.Sleep(Interval);
    }

    /// <inheritdoc />
    public void Dispose() => _diagnostics.Dispose();

    private bool Any() => _protocols.Any(HasUnread);

    private bool HasUnread(InetProtocol protocol) => _diagnostics.ListInet(protocol).Any(socket => socket.ReceiveQueue > 0);

    // A kernel need not have both.
    private bool IsTold(InetProtocol protocol)
    {
        try
        {
            _ = HasUnread(protocol);
            return true;
        }
        catch (LinuxException)
        {
            return false;
        }
    }
}
