using LxcNative.Native.Bpf;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Devices;

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
            using var cgroup = CgroupPrograms.TryOpen(directory);
            if (cgroup is not null && Query(cgroup, CgroupHook.Device) is { Ids.Count: > 0 } there && ReadAll(there) is { } programs)
                taken.Add(new DevicePrograms(path, there.Flags, programs));
        }

        return taken;
    }

    /// <summary>The programs; null where one of them cannot be loaded again: some without the others would permit other things than all of them.</summary>
    /// <exception cref="SyscallException">The kernel refused to tell them.</exception>
    public static IReadOnlyList<BpfProgram>? ReadAll(CgroupPrograms there)
    {
        var programs = there.Ids.Select(BpfProgram.Read).ToList();
        return programs.All(program => program is { IsSelfContained: true }) ? [.. programs.OfType<BpfProgram>()] : null;
    }

    /// <summary>The paths and directories of the container's version 2 cgroups.</summary>
    /// <exception cref="SyscallException">They cannot be listed.</exception>
    public static IEnumerable<(string Path, string Directory)> Unified(IEnumerable<ContainerCgroup> cgroups) =>
        from one in cgroups
        where one is { IsUnified: true, Directory: not null, Path: not "/" } && new CgroupDirectory(one.Directory).Exists
        from directory in new CgroupDirectory(one.Directory!).Descendants().Prepend(new CgroupDirectory(one.Directory!))
        select (one.Path + directory.Path[one.Directory!.Length..], directory.Path);

    /// <summary>What is attached; none where this command may not know.</summary>
    /// <exception cref="SyscallException">The kernel refused to tell it.</exception>
    public static CgroupPrograms Query(FileDescriptor cgroup, CgroupHook hook)
    {
        try
        {
            return CgroupPrograms.Query(cgroup, hook);
        }
        catch (SyscallException e) when (e.Errno is Errno.EPERM or Errno.ENOSYS)
        {
            // A kernel without BPF has none; one that forbids it to us (a sandbox of seccomp) forbids criu more.
            return new CgroupPrograms(0, []);
        }
    }
}
