using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>Where the cgroups of a container are put that is not to be in its own: beside them, under the limits of the same parents.</summary>
/// <param name="renamed">The other path of one, as its hierarchy and as the host's files have it.</param>
internal sealed class CgroupRelocation(Func<string, string> renamed)
{
    /// <summary>Where a cgroup of the container is put.</summary>
    public ContainerCgroup Of(ContainerCgroup cgroup)
    {
        if (cgroup.Path == "/")
            return cgroup;
        var path = renamed(cgroup.Path);
        return cgroup with { Path = path, Directory = cgroup.Directory is { } directory ? Moved(directory, cgroup.Path, path) : null };
    }

    /// <summary>Where something below a cgroup of the container is put.</summary>
    /// <param name="path">It.</param>
    /// <param name="roots">The container's own cgroups.</param>
    public string Below(string path, IEnumerable<ContainerCgroup> roots)
    {
        var root = roots.Select(one => one.Path).Where(one => one != "/" && PathScope.Holds(one, path)).MaxBy(one => one.Length);
        return root is null ? path : renamed(root) + path[root.Length..];
    }

    // The directory is the hierarchy's mount and the path, without what the mount does not show of that; null where it does not show the other path.
    private static string? Moved(string directory, string former, string path)
    {
        var common = 0;
        for (var i = 1; i <= Math.Min(directory.Length, former.Length) && directory[^i] == former[^i]; i++)
            if (former[^i] == '/')
                common = i;
        var hidden = former[..^common];
        return common > 0 && path.StartsWith(hidden, StringComparison.Ordinal) ? directory[..^common] + path[hidden.Length..] : null;
    }
}
