using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Interop;

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

    /// <summary>The unified cgroup whose device rules are a program, which criu does not know of; null where there is none.</summary>
    public static string? DeviceProgramOf(IEnumerable<ContainerCgroup> cgroups) =>
        cgroups.Where(one => one is { IsUnified: true, Directory: not null, Path: not "/" }).Select(one => one.Directory!).FirstOrDefault(DeviceProgram.IsAttachedTo);

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
