using LxcNative.Native.Bpf;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What the container's cgroups do to it.</summary>
internal static class CgroupObservation
{
    /// <summary>The cgroup directory that is frozen; null when none is.</summary>
    public static string? FrozenBy(IEnumerable<ContainerCgroup> cgroups)
    {
        foreach (var cgroup in cgroups.Where(one => one.Directory is not null))
        {
            if (cgroup.IsUnified && Text($"{cgroup.Directory}/cgroup.events").Contains("frozen 1", StringComparison.Ordinal))
                return cgroup.Directory;
            if (cgroup.Controllers.Contains("freezer") && Text($"{cgroup.Directory}/freezer.state").Trim() is "FROZEN" or "FREEZING")
                return cgroup.Directory;
        }

        return null;
    }

    /// <summary>The programs of the container's version 2 cgroups that do not come back, each with the paths of the cgroups that have one.</summary>
    public static IReadOnlyDictionary<CgroupHook, IReadOnlyList<string>> ProgramsLost(IReadOnlyList<ContainerCgroup> cgroups)
    {
        var found = new Dictionary<CgroupHook, IReadOnlyList<string>>();
        var all = DeviceProgramCapture.Unified(cgroups).ToList();
        foreach (var hook in Enum.GetValues<CgroupHook>().Where(hook => hook != CgroupHook.Device))
            if (all.Where(one => DeviceProgramCapture.Query(one.Directory, hook) is { Ids.Count: > 0 }).Select(one => one.Path).ToList() is { Count: > 0 } paths)
                found[hook] = paths;
        var saved = DeviceProgramCapture.Take(cgroups).Select(one => one.Path).ToHashSet(StringComparer.Ordinal);
        if (all.Where(one => !saved.Contains(one.Path) && DeviceProgramCapture.Query(one.Directory, CgroupHook.Device) is { Ids.Count: > 0 }).Select(one => one.Path).ToList() is { Count: > 0 } rules)
            found[CgroupHook.Device] = rules;
        return found;
    }

    private static string Text(string path)
    {
        try
        {
            return KernelFile.ReadText(path);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENODEV)
        {
            // The root of a hierarchy has no such file, and a cgroup may be gone.
            return "";
        }
    }
}
