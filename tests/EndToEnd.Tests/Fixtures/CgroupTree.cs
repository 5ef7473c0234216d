namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>The cgroup directories of every hierarchy mounted below /sys/fs/cgroup.</summary>
internal static class CgroupTree
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>The mount point of each hierarchy.</summary>
    public static IReadOnlyList<string> Hierarchies { get; } =
        [.. File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains(" - cgroup", StringComparison.Ordinal)).Select(line => line.Split(' ')[4])
            .Where(path => path.StartsWith(Root, StringComparison.Ordinal)).Distinct()];

    /// <summary>All directories, parents before children.</summary>
    public static IEnumerable<string> Directories() => Hierarchies.SelectMany(Below).Distinct();

    /// <summary>Those whose own name, without LXC's -1, -2 … suffix, is one of <paramref name="name"/>'s: payload and monitor.</summary>
    public static IEnumerable<string> Of(string name) =>
        Directories().Where(path => Path.GetFileName(path) is var own
            && (Matches(own, $"lxc.payload.{name}") || Matches(own, $"lxc.monitor.{name}")));

    /// <summary>Removes the container's cgroups, the deepest first; processes in them must have ended.</summary>
    public static void Remove(string name)
    {
        foreach (var top in Of(name).ToList())
            foreach (var path in Below(top).OrderByDescending(path => path.Length).ToList())
                Wait.Until(() => TryRemove(path), TimeSpan.FromSeconds(2));
    }

    private static bool Matches(string own, string prefix) =>
        own == prefix || (own.StartsWith(prefix + "-", StringComparison.Ordinal) && own.AsSpan(prefix.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0);

    private static IEnumerable<string> Below(string path)
    {
        yield return path;
        string[] children;
        try
        {
            children = Directory.GetDirectories(path);
        }
        catch (DirectoryNotFoundException)
        {
            yield break;
        }
        foreach (var child in children)
            foreach (var inner in Below(child))
                yield return inner;
    }

    private static bool TryRemove(string path)
    {
        // A directory's files belong to the kernel: only rmdir itself works, never a recursive deletion.
        Command.Run("rmdir", path);
        return !Directory.Exists(path);
    }
}
