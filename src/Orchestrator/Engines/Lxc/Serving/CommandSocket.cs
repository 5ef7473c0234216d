using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Engines.Lxc.Commands;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>The address at which LXC's tools ask for a container, taken by its monitor. Whoever has it is, to LXC, the running container: <c>lxc-start</c>
/// cannot start another.</summary>
/// <remarks>It is taken before anything is made, and answers only once the container runs: until then it is to the tools as if it were stopped.</remarks>
internal sealed class CommandSocket : IDisposable
{
    private const int Backlog = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private CommandSocket(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>The socket, owned by this object.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Takes the address; null where another process keeps it, such as the monitor of a container that does not come to its end.</summary>
    /// <param name="lxcPath">Where LXC keeps the container.</param>
    /// <param name="name">Its name.</param>
    /// <param name="patience">How long to wait for it: the monitor of a container that has just ended still has it.</param>
    /// <exception cref="SyscallException">There is no socket to be had.</exception>
    public static CommandSocket? TryBind(string lxcPath, string name, TimeSpan patience)
    {
        var address = Encoding.UTF8.GetBytes(CommandAddress.Of(lxcPath, name));
        for (var deadline = Deadline.After(patience); ; Thread.Sleep(Interval))
        {
            try
            {
                return new CommandSocket(UnixSocket.BindAbstract(address));
            }
            catch (SyscallException e) when (e.Errno == Errno.EADDRINUSE)
            {
                if (deadline.IsOver)
                    return null;
            }
        }
    }

    /// <summary>Lets the tools connect.</summary>
    public void Listen() => UnixSocket.Listen(Descriptor, Backlog);

    /// <summary>Gives the address free: to LXC's tools the container is stopped from now on.</summary>
    public void Dispose() => Descriptor.Dispose();
}
