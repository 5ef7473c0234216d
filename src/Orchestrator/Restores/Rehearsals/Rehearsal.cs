using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>A restore that is ended before anything runs, beside whatever runs: what it has of its own has this name.</summary>
/// <param name="Id">A name that nothing else on this host has.</param>
internal sealed record Rehearsal(string Id)
{
    private static int _count;

    /// <summary>One more of this process.</summary>
    public static Rehearsal Next() => new($"lxcnative-rehearsal-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");

    /// <summary>Where a cgroup of the container is put: beside its own, under the limits of the same parent.</summary>
    public string Beside(string path) => path == "/" ? path : path[..(path.LastIndexOf('/') + 1)] + Id;

    /// <inheritdoc cref="Beside(string)" />
    public ContainerCgroup Beside(ContainerCgroup cgroup) => cgroup.Path == "/" ? cgroup : cgroup with
    {
        Path = Beside(cgroup.Path),
        Directory = cgroup.Directory is { } directory ? Beside(directory) : null,
    };

    /// <summary>Where something below a cgroup of the container is put.</summary>
    /// <param name="path">It.</param>
    /// <param name="roots">The container's own cgroups.</param>
    public string Below(string path, IEnumerable<ContainerCgroup> roots)
    {
        var root = roots.Select(one => one.Path).Where(one => one != "/" && PathScope.Holds(one, path))
            .MaxBy(one => one.Length);
        return root is null ? path : Beside(root) + path[root.Length..];
    }
}
