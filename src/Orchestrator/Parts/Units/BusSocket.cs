using System.Net.Sockets;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.SockDiag;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>A connection to the message bus of a container. systemd's private socket takes nobody from outside of the container's pid namespace.</summary>
/// <remarks>The container decides what lies at that path: it is looked for within its root alone, and only its own process may listen there, lest settings
/// of the host's systemd be changed.</remarks>
internal sealed class BusSocket : IDisposable
{
    private const string Place = "run/dbus/system_bus_socket";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10), s_interval = TimeSpan.FromMilliseconds(5);
    private readonly int _init;
    private readonly Socket _socket;

    private BusSocket(int init, Socket socket)
    {
        (_init, _socket) = (init, socket);
        Stream = new NetworkStream(socket, ownsSocket: false);
    }

    /// <summary>What is said.</summary>
    public NetworkStream Stream { get; }

    /// <summary>Connects.</summary>
    /// <param name="init">The container's init, as the host sees it.</param>
    /// <exception cref="SystemdException">Nobody listens there, or somebody of another container.</exception>
    public static BusSocket Connect(int init)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var root = FileOpen.Open($"/proc/{init}/root", OpenFlags.Path | OpenFlags.Directory);
            using var place = FileOpen.OpenAt2(root, Place, OpenFlags.Path, ResolveFlags.InRoot | ResolveFlags.NoMagicLinks);
            socket.Connect(new UnixDomainSocketEndPoint($"/proc/self/fd/{place.Number}"));
            using var borrowed = new FileDescriptor((int)socket.Handle, ownsHandle: false);
            var listener = UnixSocket.PeerCredentials(borrowed).ProcessId;
            if (listener == 0 || NamespaceId.Read(listener, NamespaceKind.Pid) != NamespaceId.Read(init, NamespaceKind.Pid))
                throw new SystemdException($"/{Place} in the container is not of one of its processes but of process {listener}");
            return new BusSocket(init, socket);
        }
        catch (Exception e) when (e is LinuxException or SocketException)
        {
            socket.Dispose();
            throw new SystemdException($"the container's message bus, /{Place}, cannot be reached: {e.Message}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Closes it, and waits until the container has closed its end: criu would not dump one whose other end is outside.</summary>
    public void Dispose()
    {
        var end = OtherEnd();
        Stream.Dispose();
        _socket.Dispose();
        for (var deadline = Deadline.After(s_patience); end is not null && Holds(end) && !deadline.IsOver;)
            Thread.Sleep(s_interval);
    }

    // As its link in /proc/PID/fd says it; null where that is not known.
    private string? OtherEnd()
    {
        try
        {
            var own = $"/proc/self/fd/{(int)_socket.Handle}";
            if (!FileStatus.TryRead(own, out var status))
                return null;
            using var diagnostics = SocketDiagnostics.Open();
            var peer = diagnostics.ListUnix().FirstOrDefault(socket => socket.Inode == status.Inode)?.PeerInode;
            return peer is null or 0 ? null : $"socket:[{peer}]";
        }
        catch (Exception e) when (e is LinuxException or NetlinkProtocolException or ObjectDisposedException)
        {
            return null;
        }
    }

    private bool Holds(string socket)
    {
        try
        {
            return ProcessTree.Read(_init).SelfAndDescendants().Any(process => Has(process.Pid, socket));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return false;
        }
    }

    private static bool Has(int pid, string socket)
    {
        try
        {
            return ProcessDescriptors.Read(pid).Any(one => one.Target == socket);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return false;
        }
    }
}
