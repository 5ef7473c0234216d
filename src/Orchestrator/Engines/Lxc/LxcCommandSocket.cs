using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Engines.Lxc;

/// <summary>Asks the monitor of a running LXC container over its command socket, an abstract AF_UNIX stream socket of the host's network namespace.</summary>
/// <remarks>An answer counts only from root or the owner of the container's place, about init only from init's parent; what anybody else says is as
/// if nobody listened. As long as a monitor is there nobody else can have its address.</remarks>
internal static class LxcCommandSocket
{
    // A monitor that is slow has a container all the same; whoever is only looked at in passing is not waited for as long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), PassingPatience = TimeSpan.FromSeconds(2);

    /// <summary>The pid of the container's init as the host sees it, or null when there is no monitor.</summary>
    /// <exception cref="RefusedException">There is one that does not answer.</exception>
    public static int? InitPid(string lxcPath, string name) => InitPid(lxcPath, name, Patience);

    /// <summary>The same with a time of its own for the whole exchange.</summary>
    /// <inheritdoc cref="InitPid(string, string)" path="/exception" />
    internal static int? InitPid(string lxcPath, string name, TimeSpan patience) => InitPid(CommandAddress.Of(lxcPath, name), lxcPath, name, patience);

    /// <summary>The container's state, or null when there is no monitor.</summary>
    /// <inheritdoc cref="InitPid(string, string)" path="/exception" />
    public static LxcState? State(string lxcPath, string name) =>
        Ask(CommandAddress.Of(lxcPath, name), lxcPath, name, CommandMessage.Request(LxcCommand.GetState)) is var (answer, _) ? (LxcState)answer.Value : null;

    /// <summary>The running value of a configuration key, or null when it is unset or there is no monitor.</summary>
    /// <inheritdoc cref="InitPid(string, string)" path="/exception" />
    public static string? ConfigItem(string lxcPath, string name, string key) =>
        Ask(CommandAddress.Of(lxcPath, name), lxcPath, name, CommandMessage.Request(LxcCommand.GetConfigItem, key)) is ({ Code: 0 } answer, _)
            ? answer.Text
            : null;

    /// <summary>The same value as LXC writes it: with a line end after each of a list's; null when it is unset, and where there is no monitor.</summary>
    /// <inheritdoc cref="InitPid(string, string)" path="/exception" />
    public static string? WholeConfigItem(string lxcPath, string name, string key) =>
        Ask(CommandAddress.Of(lxcPath, name), lxcPath, name, CommandMessage.Request(LxcCommand.GetConfigItem, key)) is ({ Code: 0 } answer, _)
            ? System.Text.Encoding.UTF8.GetString(answer.Data).TrimEnd('\0')
            : null;

    /// <summary>The cgroup whose limits are the container's, in a controller's hierarchy ("unified" for version 2); null where there is no monitor or no such
    /// hierarchy.</summary>
    /// <inheritdoc cref="InitPid(string, string)" path="/exception" />
    public static string? LimitCgroup(string lxcPath, string name, string controller) =>
        Ask(CommandAddress.Of(lxcPath, name), lxcPath, name, CommandMessage.Request(LxcCommand.GetLimitCgroup, controller)) is ({ Code: 0 } answer, _)
            && answer.Text is { Length: > 0 } path
            ? path.StartsWith('/') ? path : "/" + path
            : null;

    /// <summary>The path and name of the container whose monitor listens at an address and has <paramref name="init"/>; null where it is none.</summary>
    /// <inheritdoc cref="InitPid(string, string)" path="/exception" />
    public static (string LxcPath, string Name)? Identify(string address, int init)
    {
        if ((CommandAddress.Parse(address) ?? Names(address)) is not var (path, name) || CommandAddress.Of(path, name) != address)
            return null;
        return InitPid(address, path, name, PassingPatience) == init ? (path, name) : null;
    }

    /// <summary>Who listens at a container's address and may not be its monitor; null where nobody does.</summary>
    public static UnixCredentials? Stranger(string lxcPath, string name)
    {
        try
        {
            using var connection = CommandConnection.Connect(CommandAddress.Of(lxcPath, name), Deadline.After(PassingPatience));
            return connection.Peer is var peer && MonitorTrust.IsAllowed(peer.UserId, lxcPath) ? null : peer;
        }
        catch (SyscallException)
        {
            // Whoever it was, it is not there.
            return null;
        }
    }

    // A hashed address says nothing: its monitor is asked, and the hash of what it says has to be the address.
    private static (string LxcPath, string Name)? Names(string address) =>
        Ask(address, "", address, CommandMessage.Request(LxcCommand.GetLxcPath)) is ({ Code: 0 } path, _)
            && Ask(address, "", address, CommandMessage.Request(LxcCommand.GetName)) is ({ Code: 0 } name, _)
            ? (path.Text, name.Text)
            : null;

    private static int? InitPid(string address, string lxcPath, string name, TimeSpan patience) =>
        Ask(address, lxcPath, name, CommandMessage.Request(LxcCommand.GetInitPid), patience) is var (answer, sender) && (int)answer.Value is > 0 and var pid
            && MonitorTrust.IsParent(sender, pid) ? pid : null;

    private static (CommandMessage Answer, UnixCredentials Sender)? Ask(string address, string lxcPath, string name, CommandMessage request,
        TimeSpan? patience = null)
    {
        try
        {
            using var connection = CommandConnection.Connect(address, Deadline.After(patience ?? Patience));
            if (!MonitorTrust.IsAllowed(connection.Peer.UserId, lxcPath))
                return null;
            connection.Send(request);
            using var received = connection.Receive(CommandMessage.LongestAnswer);
            return received is { Sender: { } sender } && MonitorTrust.IsAllowed(sender.UserId, lxcPath) ? (received.Message, sender) : null;
        }
        catch (MalformedCommandException e)
        {
            throw new RefusedException($"the monitor of {name} answered with {e.Message}: it is not an LXC monitor that this version understands", e);
        }
        catch (SyscallException e) when (e.Errno == Errno.EAGAIN)
        {
            // There is one, and with it a container: nobody may take it for stopped.
            throw new RefusedException(
                $"the monitor of container {name} is there, but does not answer: look whether its process, [lxc monitor] {lxcPath} {name}, is stopped", e);
        }
        catch (SyscallException e) when (e.Errno is Errno.ECONNREFUSED or Errno.ECONNRESET or Errno.EPIPE)
        {
            // Nobody listens, or it ended meanwhile.
            return null;
        }
    }
}
