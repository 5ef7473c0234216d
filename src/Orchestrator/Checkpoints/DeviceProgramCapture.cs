using LxcNative.Native.Bpf;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Saves the device rules of the container's version 2 cgroup, and of those below it, which an init of the container may have made.</summary>
internal static class DeviceProgramCapture
{
    /// <summary>The rules that can be loaded again.</summary>
    /// <exception cref="SyscallException">The kernel refused to tell them.</exception>
    public static IReadOnlyList<DevicePrograms> Take(IEnumerable<ContainerCgroup> cgroups)
    {
        var taken = new List<DevicePrograms>();
        foreach (var (path, directory) in Unified(cgroups))
        {
            if (Query(directory, CgroupHook.Device) is not { Ids.Count: > 0 } there)
                continue;
            var programs = there.Ids.Select(BpfProgram.Read).ToList();
            // Some without the others would permit other things than all of them.
            if (programs.All(program => program is { IsSelfContained: true }))
                taken.Add(new DevicePrograms(path, there.Flags, programs!));
        }

        return taken;
    }

    /// <summary>The paths and directories of the container's version 2 cgroups.</summary>
    public static IEnumerable<(string Path, string Directory)> Unified(IEnumerable<ContainerCgroup> cgroups) =>
        cgroups.Where(one => one is { IsUnified: true, Directory: not null, Path: not "/" }).SelectMany(one => WithThoseBelow(one.Path, one.Directory!));

    /// <summary>What is attached; null where the cgroup is gone, or this command may not know.</summary>
    /// <exception cref="SyscallException">The kernel refused to tell it.</exception>
    public static CgroupPrograms? Query(string directory, CgroupHook hook)
    {
        using var cgroup = CgroupPrograms.TryOpen(directory);
        try
        {
            return cgroup is null ? null : CgroupPrograms.Query(cgroup, hook);
        }
        catch (SyscallException e) when (e.Errno is Errno.EPERM or Errno.ENOSYS)
        {
            // A kernel without BPF has none; one that forbids it to us (a sandbox of seccomp) forbids criu more.
            return null;
        }
    }

    private static IEnumerable<(string Path, string Directory)> WithThoseBelow(string path, string directory)
    {
        yield return (path, directory);
        IReadOnlyList<CgroupDirectory> children;
        try
        {
            children = new CgroupDirectory(directory).Children();
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENODEV)
        {
            // The container removed it meanwhile.
            yield break;
        }

        foreach (var child in children)
            foreach (var below in WithThoseBelow($"{path}/{System.IO.Path.GetFileName(child.Path)}", child.Path))
                yield return below;
    }
}
