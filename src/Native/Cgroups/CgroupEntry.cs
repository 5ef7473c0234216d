namespace LxcNative.Native.Cgroups;

/// <summary>One line of /proc/PID/cgroup (cgroups(7)).</summary>
/// <param name="HierarchyId">The hierarchy; 0 for the unified one.</param>
/// <param name="Controllers">Its controllers; empty for the unified and for a named hierarchy.</param>
/// <param name="Name">The name of a named hierarchy (<c>systemd</c>); null for the others.</param>
/// <param name="Path">The process's cgroup, from the root of the reader's cgroup namespace.</param>
/// <param name="IsDeleted">Whether the cgroup was removed while the process, by then a zombie, was in it.</param>
public sealed record CgroupEntry(int HierarchyId, IReadOnlyList<string> Controllers, string? Name, string Path, bool IsDeleted = false)
{
    /// <summary>Whether this is the unified hierarchy (cgroup v2).</summary>
    public bool IsUnified => HierarchyId == 0 && Controllers.Count == 0 && Name is null;
}
