namespace LxcNative.Orchestrator.Containers;

/// <summary>The containers that have a monitor now: LXC's own by their command sockets, restored ones by their state files.</summary>
internal static class RunningContainers
{
    private const string SocketTable = "/proc/net/unix";

    /// <summary>The LXC path and name whose monitor says that <paramref name="initPid"/> is its init; null when none does.</summary>
    public static (string LxcPath, string Name)? ByInit(int initPid)
    {
        if (RestoredContainer.ByInit(initPid) is { } restored)
            return (restored.LxcPath, restored.Name);
        foreach (var (path, name) in ParseSockets(File.ReadAllText(SocketTable)))
            if (Answers(path, name, initPid))
                return (path, name);
        return null;
    }

    private static bool Answers(string path, string name, int initPid)
    {
        try
        {
            return LxcCommandSocket.InitPid(path, name) == initPid;
        }
        catch (ContainerException)
        {
            // Any container's monitor may be stopped: that is nothing to the others.
            return false;
        }
    }

    /// <summary>The init of the container called <paramref name="name"/>.</summary>
    /// <exception cref="ContainerException">No running container has the name.</exception>
    public static int InitOf(string name, string lxcPath)
    {
        ContainerName.Check(name);
        if (LxcCommandSocket.InitPid(lxcPath, name) is { } pid)
            return pid;
        if (RestoredContainer.ByName(name) is { } restored)
            return restored.InitPid;
        var defined = File.Exists($"{lxcPath}/{name}/config");
        throw new ContainerException(defined
            ? $"container {name} is not running: start it with `lxc-start -n {name}`"
            : $"there is no running container {name} under {lxcPath}: `lxc-ls -f` lists what there is, --lxcpath names another place");
    }

    /// <summary>The LXC path and name of every command socket in the text of /proc/net/unix.</summary>
    internal static IEnumerable<(string LxcPath, string Name)> ParseSockets(string table)
    {
        const string Suffix = "/command";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n'))
        {
            var at = line.IndexOf(" @/", StringComparison.Ordinal);
            if (at < 0 || !line.EndsWith(Suffix, StringComparison.Ordinal))
                continue;
            var container = line[(at + 2)..^Suffix.Length];
            var slash = container.LastIndexOf('/');
            if (slash > 0 && seen.Add(container))
                yield return (container[..slash], container[(slash + 1)..]);
        }
    }
}
