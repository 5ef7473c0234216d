namespace LxcNative.Orchestrator.Engines.Lxc;

/// <summary>How LXC calls its cgroups: <c>lxc.payload.NAME</c> for the container, <c>lxc.monitor.NAME</c> for its monitor, with -1, -2 ... where that is
/// taken.</summary>
internal static class LxcCgroup
{
    /// <summary>The cgroup beside the monitors' where monitors that end go.</summary>
    public const string Pivot = "lxc.pivot";

    private const string Payload = "lxc.payload.";
    private const string Monitor = "lxc.monitor.";

    /// <summary>The NAME of a cgroup path's <c>lxc.payload.NAME</c> part (with LXC's own -1, -2 suffix still on), or null.</summary>
    public static string? NameIn(string path) => PayloadOf(path) is { } payload ? payload[(payload.LastIndexOf('/') + 1 + Payload.Length)..] : null;

    /// <summary>A cgroup path up to its first <c>lxc.payload.NAME</c> part, or null.</summary>
    public static string? PayloadOf(string path)
    {
        var length = 0;
        foreach (var part in path.Split('/'))
        {
            length += part.Length;
            if (part.StartsWith(Payload, StringComparison.Ordinal) && part.Length > Payload.Length)
                return path[..length];
            length++;
        }

        return null;
    }

    /// <summary>A cgroup and those above it, up to the container's own, or its monitor's: a process may be in one below that.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="directory">Its directory; null for none.</param>
    /// <returns>The directories, the cgroup's own first.</returns>
    public static IEnumerable<string> UpToOwn(string path, string? directory)
    {
        for (; directory is not null && (NameIn(path) is not null || IsMonitors(path)); (path, directory) = (Above(path), Path.GetDirectoryName(directory)))
            yield return directory;
    }

    private static string Above(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    /// <summary>Whether a cgroup is a monitor's.</summary>
    public static bool IsMonitors(string path) => path[(path.LastIndexOf('/') + 1)..].StartsWith(Monitor, StringComparison.Ordinal);
}
