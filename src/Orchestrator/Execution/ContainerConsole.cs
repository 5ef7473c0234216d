using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Execution;

/// <summary>A container's console or one of its terminals, as its monitor hands them out: LXC's own, or the one of a restored container.</summary>
public static class ContainerConsole
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Connects this process's terminal with it, until the escape is typed or the container ends.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="lxcPath">Where LXC keeps it; null for the default.</param>
    /// <param name="number">0 for the console, N for /dev/ttyN; null for the next terminal that is free.</param>
    /// <param name="escape">The key after which q ends it: 1 is Ctrl-A.</param>
    /// <param name="connected">Called when it is connected; null for nothing.</param>
    /// <exception cref="RefusedException">There is no terminal, it is somebody else's, or the container does not run.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static void Run(string name, string? lxcPath = null, int? number = null, byte escape = 1, Action? connected = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        RootOnly.Require("a container's console");
        ContainerName.Check(name);
        using var input = new FileDescriptor(0, ownsHandle: false);
        using var output = new FileDescriptor(1, ownsHandle: false);
        if (!TerminalMode.IsTerminal(input))
            throw new RefusedException("standard input is no terminal: a console needs one");
        var path = LxcPath.Of(lxcPath);
        try
        {
            // The terminal is the connection's, as long as it is open.
            using var connection = CommandConnection.Connect(CommandAddress.Of(path, name), Deadline.After(s_patience));
            if (!MonitorTrust.IsAllowed(connection.Peer.UserId, path))
                throw new RefusedException($"{name} does not run: what listens at its address is no monitor of LXC's");
            connection.Send(CommandMessage.Request(LxcCommand.GetTerminal, unchecked((ulong)(number ?? -1))));
            using var answer = connection.Receive(CommandMessage.LongestAnswer, maximumDescriptors: 1);
            if (answer is not { Message.Code: 0, Descriptors: [var master] })
                throw new RefusedException($"{name} has no {Describe(number)} that is free: lxc.tty.max and lxc.console.path decide which there are");
            connected?.Invoke();
            using var raw = TerminalMode.Raw(input);
            TerminalRelay.Run(input, output, master, connection.Descriptor, escape);
        }
        catch (SyscallException e) when (e.Errno is Errno.ECONNREFUSED or Errno.ECONNRESET or Errno.EPIPE)
        {
            throw new RefusedException(KnownContainers.IsDefined(name, path) ? $"{name} does not run" : KnownContainers.None(name, path), e);
        }
        catch (MalformedCommandException e)
        {
            throw new RefusedException($"the monitor of {name} answered with {e.Message}", e);
        }
    }

    private static string Describe(int? number) => number switch { null => "terminal", 0 => "console", { } one => $"terminal {one}" };
}
