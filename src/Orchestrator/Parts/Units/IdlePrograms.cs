using System.Globalization;
using LxcNative.Native.Bpf;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Devices;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>The programs for addresses that a systemd holds although none of its cgroups has them: those of units that have ended, which no setting makes it
/// drop.</summary>
internal static class IdlePrograms
{
    private const string OfAddresses = "8"; // BPF_PROG_TYPE_CGROUP_SKB

    /// <summary>Their ids.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="cgroups">The container's cgroups.</param>
    /// <exception cref="SystemdException">The init has ended.</exception>
    /// <exception cref="SyscallException">The kernel does not tell.</exception>
    public static IReadOnlySet<uint> Read(int init, IReadOnlyList<ContainerCgroup> cgroups)
    {
        var held = Held(init);
        var directories = held.Count == 0 ? [] : DeviceProgramCapture.Unified(cgroups).Select(one => one.Directory).ToArray();
        foreach (var directory in directories)
        {
            using var cgroup = CgroupPrograms.TryOpen(directory);
            if (cgroup is null)
                continue;
            held.ExceptWith(DeviceProgramCapture.Query(cgroup, CgroupHook.InetIngress).Ids);
            held.ExceptWith(DeviceProgramCapture.Query(cgroup, CgroupHook.InetEgress).Ids);
        }

        // Of cgroups that cannot be looked at nothing is known.
        return directories.Length == 0 ? new HashSet<uint>() : held;
    }

    private static HashSet<uint> Held(int init)
    {
        try
        {
            return [.. ProcessDescriptors.Read(init).Where(one => UnitPrograms.IsProgram(one.Target)).Select(one => IdOf(init, one.Number)).OfType<uint>()];
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            throw new SystemdException("the container's init has ended meanwhile", e);
        }
    }

    // Null: it is for something else, or closed by now.
    private static uint? IdOf(int init, int number)
    {
        try
        {
            return IdOf(ProcessDescriptors.ReadInfo(init, number));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return null;
        }
    }

    private static uint? IdOf(DescriptorInfo info) => Value(info, "prog_type") == OfAddresses
        && uint.TryParse(Value(info, "prog_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string? Value(DescriptorInfo info, string key) => info.Entries.FirstOrDefault(entry => entry.Key == key).Value?.Trim();
}
