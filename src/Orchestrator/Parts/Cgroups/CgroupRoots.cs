using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>The container's cgroup of each hierarchy, which criu takes for the root of what it dumps and restores.</summary>
internal static class CgroupRoots
{
    /// <summary>criu's roots for these cgroups; a hierarchy whose only cgroup is the root needs none.</summary>
    public static IReadOnlyList<(string? Controllers, string Path)> Of(IReadOnlyList<ContainerCgroup> cgroups) =>
        [.. cgroups.Where(cgroup => cgroup.Path != "/" && cgroup.Directory is not null)
            .Select(cgroup => (cgroup.IsUnified ? null : string.Join(',', cgroup.Controllers), cgroup.Path))];

    /// <summary>Tells criu.</summary>
    public static void DescribeTo(CriuOptions criu, CgroupsState state)
    {
        criu.ManageCgroups = state.Managed;
        foreach (var (controllers, path) in Of(state.Cgroups))
            criu.AddCgroupRoot(controllers, path);
    }
}
