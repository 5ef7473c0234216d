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
        var found = new Dictionary<CgroupHook, List<string>>();
        foreach (var (path, directory) in DeviceProgramCapture.Unified(cgroups))
        {
            using var cgroup = CgroupPrograms.TryOpen(directory);
            if (cgroup is null)
                continue;
            foreach (var hook in Enum.GetValues<CgroupHook>())
            {
                var there = DeviceProgramCapture.Query(cgroup, hook);
                if (there.Ids.Count == 0 || (hook == CgroupHook.Device && DeviceProgramCapture.ReadAll(there) is not null))
                    continue;
                if (!found.TryGetValue(hook, out var paths))
                    found[hook] = paths = [];
                paths.Add(path);
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value);
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
