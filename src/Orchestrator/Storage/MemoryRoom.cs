using System.Globalization;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Storage;

/// <summary>How much may be kept in memory for a while without harm to others.</summary>
internal static class MemoryRoom
{
    private const string Controller = "memory";

    /// <summary>Half of what can be had without swapping, and of what this process's cgroups leave it; bytes.</summary>
    /// <exception cref="SyscallException">The kernel does not tell.</exception>
    public static long Bytes()
    {
        var room = (long)Math.Min(MemoryInfo.Read().Available, long.MaxValue);
        var hierarchies = CgroupHierarchies.ReadSelf();
        foreach (var cgroup in CgroupMembership.Read(Environment.ProcessId).Entries.Where(entry => entry.IsUnified || entry.Controllers.Contains(Controller)))
        {
            var (limit, usage) = cgroup.IsUnified ? ("memory.max", "memory.current") : ("memory.limit_in_bytes", "memory.usage_in_bytes");
            for (var directory = hierarchies.Directory(cgroup); directory is not null && File.Exists($"{directory}/{limit}");
                directory = Path.GetDirectoryName(directory))
            {
                if (Number($"{directory}/{limit}") is { } most && Number($"{directory}/{usage}") is { } used)
                    room = Math.Min(room, Math.Max(0, most - used));
            }
        }

        return room / 2;
    }

    // "max" is no number; nor is what has gone meanwhile.
    private static long? Number(string file)
    {
        try
        {
            return long.TryParse(KernelFile.ReadText(file).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (SyscallException)
        {
            return null;
        }
    }
}
