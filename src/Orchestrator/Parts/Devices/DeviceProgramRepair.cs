using LxcNative.Native.Bpf;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Devices;

/// <summary>Gives version 2 cgroups their device rules back, once criu has made them and before a task runs.</summary>
internal static class DeviceProgramRepair
{
    /// <summary>Loads and attaches the programs.</summary>
    /// <exception cref="SyscallException">The kernel refused one: without its rules the container may not run.</exception>
    public static void Repair(IReadOnlyList<ContainerCgroup> cgroups, IReadOnlyList<DevicePrograms> rules)
    {
        var directories = DeviceProgramCapture.Unified(cgroups).ToDictionary(one => one.Path, one => one.Directory, StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            // Where cgroups are not managed the container is where its monitor is, and the rules were of another place.
            if (!directories.TryGetValue(rule.Path, out var directory) || CgroupPrograms.TryOpen(directory) is not { } cgroup)
                continue;
            using (cgroup)
                Attach(cgroup, rule);
        }
    }

    private static void Attach(Native.Handles.FileDescriptor cgroup, DevicePrograms rule)
    {
        if (CgroupPrograms.Query(cgroup, CgroupHook.Device).Ids.Count > 0)
            return;
        foreach (var program in rule.Programs)
        {
            using var loaded = program.Load();
            CgroupPrograms.Attach(cgroup, CgroupHook.Device, loaded, rule.Flags);
        }
    }
}
