using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Commands;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The containers that have a monitor now: LXC's own by their command sockets, restored ones by their state files.</summary>
internal static class RunningContainers
{
    private const string SocketTable = "/proc/net/unix";

    /// <summary>The LXC path and name of the container of an init; null when nobody says so who may.</summary>
    /// <param name="init">The init, as the host sees it.</param>
    /// <param name="parent">Its parent, the only process whose word counts: only the sockets that it has are asked.</param>
    public static (string LxcPath, string Name)? ByInit(int init, int parent)
    {
        if (RestoredContainer.ByInit(init) is { } restored)
            return (restored.LxcPath, restored.Name);
        var own = SocketsOf(parent);
        if (own.Count == 0)
            return null;
        foreach (var (address, inode) in ParseSockets(File.ReadAllText(SocketTable)))
            if (own.Contains(inode) && Identify(address, init) is { } found)
                return found;
        return null;
    }

    /// <summary>The init of the container called <paramref name="name"/>.</summary>
    /// <exception cref="ContainerNotFoundException">No running container has the name.</exception>
    public static int InitOf(string name, string lxcPath)
    {
        ContainerName.Check(name);
        if (LxcCommandSocket.InitPid(lxcPath, name) is { } pid)
            return pid;
        if (RestoredContainer.ByName(name) is { } restored)
            return restored.InitPid;
        if (UnattendedContainer.ProcessOf(name, lxcPath) is { } process)
            throw new RefusedException(
                $"no monitor answers for container {name}, but it runs: {UnattendedContainer.Reason}. Name it by a process of its: "
                + $"--pid {process}");
        throw Missing(name, lxcPath);
    }

    /// <summary>That no container of that name runs.</summary>
    public static ContainerNotFoundException Missing(string name, string lxcPath)
    {
        var stranger = LxcCommandSocket.Stranger(lxcPath, name) is { } other
            ? $"; what listens at its command socket is not its monitor, but of user {other.UserId} (process {other.ProcessId}): LXC cannot start the "
            + "container as long as it does"
            : "";
        return new ContainerNotFoundException(
            KnownContainers.IsDefined(name, lxcPath)
                ? $"container {name} is not running: start it with `lxc-start -n {name}`{stranger}"
                : $"{KnownContainers.None(name, lxcPath)}{stranger}\n`lxc-ls -f` lists what there is",
            lxcPath: lxcPath, name: name);
    }

    /// <summary>The addresses of the command sockets that listen, in the text of /proc/net/unix, with their inodes.</summary>
    /// <remarks>An address may hold any byte, line ends too: a line proves nothing, it only says whom to ask.</remarks>
    internal static IEnumerable<(string Address, ulong Inode)> ParseSockets(string table)
    {
        foreach (var line in table.Split('\n'))
        {
            var at = line.IndexOf(" @", StringComparison.Ordinal);
            if (at < 0 || !CommandAddress.IsOne(line[(at + 2)..]))
                continue;
            var inode = line.AsSpan(0, at).TrimEnd();
            if (ulong.TryParse(inode[(inode.LastIndexOf(' ') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                yield return (line[(at + 2)..], number);
        }
    }

    private static (string LxcPath, string Name)? Identify(string address, int init)
    {
        try
        {
            return LxcCommandSocket.Identify(address, init);
        }
        catch (RefusedException)
        {
            // Its monitor is stopped: what is asked for can be done without its name.
            return null;
        }
    }

    private static HashSet<ulong> SocketsOf(int pid)
    {
        const string Prefix = "socket:[";
        try
        {
            return [.. ProcessDescriptors.Read(pid).Where(one => one.Target.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(one => ulong.Parse(one.Target.AsSpan(Prefix.Length).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.EACCES)
        {
            // The parent is outside of this pid namespace, or ended, or may not be looked into.
            return [];
        }
    }
}
