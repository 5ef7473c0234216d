using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>Where the cgroups of a container are put that is not to be in its own: beside them, under the limits of the same parents.</summary>
/// <param name="renamed">The other path of one, as its hierarchy and as the host's files have it.</param>
internal sealed class CgroupRelocation(Func<string, string> renamed)
{
    /// <summary>Where a cgroup of the container is put.</summary>
    public ContainerCgroup Of(ContainerCgroup cgroup) => cgroup.Path == "/" ? cgroup : cgroup with
    {
        Path = renamed(cgroup.Path),
        Directory = cgroup.Directory is { } directory ? renamed(directory) : null,
    };

    /// <summary>Where something below a cgroup of the container is put.</summary>
    /// <param name="path">It.</param>
    /// <param name="roots">The container's own cgroups.</param>
    public string Below(string path, IEnumerable<ContainerCgroup> roots)
    {
        var root = roots.Select(one => one.Path).Where(one => one != "/" && PathScope.Holds(one, path)).MaxBy(one => one.Length);
        return root is null ? path : renamed(root) + path[root.Length..];
    }
}
