using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Netlink.SockDiag;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Datagrams that came and were not read yet: criu does not save them.</summary>
internal sealed class UnreadDatagrams : IDisposable
{
    // Who does not read in that time does not wait for them either.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);
    private static readonly InetProtocol[] Protocols = [InetProtocol.Udp, InetProtocol.UdpLite];
    private readonly SocketDiagnostics _diagnostics;

    private UnreadDatagrams(SocketDiagnostics diagnostics) => _diagnostics = diagnostics;

    /// <summary>Of a network namespace, which stays the caller's.</summary>
    /// <returns>Null where the kernel tells nothing of such sockets.</returns>
    public static UnreadDatagrams? In(FileDescriptor network)
    {
        var datagrams = new UnreadDatagrams(SocketDiagnostics.OpenIn(network));
        try
        {
            _ = datagrams.Any();
            return datagrams;
        }
        catch (LinuxException)
        {
            datagrams.Dispose();
            return null;
        }
    }

    /// <summary>Waits until they are read, for a moment at most.</summary>
    public void Await()
    {
        for (var deadline = Deadline.After(Patience); Any() && !deadline.IsOver;)
            Thread.Yield();
    }

    /// <inheritdoc />
    public void Dispose() => _diagnostics.Dispose();

    private bool Any() => Protocols.Any(protocol => _diagnostics.ListInet(protocol).Any(socket => socket.ReceiveQueue > 0));
}
