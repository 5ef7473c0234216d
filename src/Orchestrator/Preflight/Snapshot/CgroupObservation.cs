using LxcNative.Native.Bpf;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Devices;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>What the container's cgroups do to it.</summary>
internal static class CgroupObservation
{
    /// <summary>The cgroup directory that is frozen, of the container's and those below them; null when none is.</summary>
    public static string? FrozenBy(IEnumerable<ContainerCgroup> cgroups) => cgroups
        .Where(one => one.Directory is not null && (one.IsUnified || one.Controllers.Contains("freezer")))
        .SelectMany(one => WithThoseBelow(one).Where(directory => one.IsUnified
            ? Text($"{directory}/cgroup.events").Contains("frozen 1", StringComparison.Ordinal)
            : Text($"{directory}/freezer.state").Trim() is "FROZEN" or "FREEZING"))
        .FirstOrDefault();

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

    // What is below the root of a hierarchy is not the container's.
    private static IEnumerable<string> WithThoseBelow(ContainerCgroup cgroup) =>
        cgroup.Path == "/" || !Directory.Exists(cgroup.Directory) ? [cgroup.Directory!]
        : new CgroupDirectory(cgroup.Directory!).Descendants().Select(one => one.Path).Prepend(cgroup.Directory!);

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
