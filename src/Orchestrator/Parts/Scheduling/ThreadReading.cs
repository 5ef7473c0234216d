using System.Globalization;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Scheduling;

/// <summary>Reads what programs set for their threads.</summary>
internal static class ThreadReading
{
    private const string Online = "/sys/devices/system/cpu/online";
    private const ulong UsualSlack = 50_000;
    private const uint UsualFilter = 0x33;

    /// <summary>The threads of a container that differ from what the kernel gives a new one.</summary>
    public static List<ThreadSettings> Take(Container container)
    {
        var everywhere = Everywhere(container);
        return [.. container.Processes.SelfAndDescendants().SelectMany(process => process.Threads.Select(thread => TryRead(process.Pid, thread, everywhere)))
            .OfType<ThreadSettings>().Where(one => !one.IsUsual)];
    }

    /// <summary>The ids of threads in the container, with those on the host.</summary>
    /// <param name="processes">The container's processes.</param>
    public static Dictionary<int, int> Inside(ProcessNode processes)
    {
        var threads = new Dictionary<int, int>();
        foreach (var process in processes.SelfAndDescendants())
        {
            foreach (var thread in process.Threads)
            {
                if (Status(process.Pid, thread) is { } status)
                    threads[status.Inside] = thread;
            }
        }

        return threads;
    }

    // What a thread may use that was given no choice: what its cgroup allows, or all.
    private static HashSet<string> Everywhere(Container container)
    {
        var lists = new HashSet<string>(StringComparer.Ordinal);
        var files = container.Cgroups.Where(cgroup => cgroup.Directory is not null && (cgroup.IsUnified || cgroup.Controllers.Contains("cpuset")))
            .Select(cgroup => Path.Combine(cgroup.Directory!, cgroup.IsUnified ? "cpuset.cpus.effective" : "cpuset.effective_cpus")).Append(Online);
        foreach (var file in files.Where(File.Exists))
            lists.Add(KernelFile.ReadText(file).Trim());
        return lists;
    }

    private static ThreadSettings? TryRead(int pid, int thread, HashSet<string> everywhere)
    {
        if (Status(pid, thread) is not var (inside, processors))
            return null;
        ulong? slack = ulong.TryParse(Text($"/proc/{thread}/timerslack_ns"), NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds)
            ? nanoseconds
            : null;
        uint? filter = thread == pid
            && uint.TryParse(Text($"/proc/{pid}/coredump_filter"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? bits : null;
        return new ThreadSettings(inside, processors is null || everywhere.Contains(processors) ? null : processors, ThreadScheduling.IoPriority(thread),
            slack is UsualSlack ? null : slack, filter is UsualFilter ? null : filter);
    }

    private static (int Inside, string? Processors)? Status(int pid, int thread)
    {
        try
        {
            var text = KernelFile.ReadBytes($"/proc/{pid}/task/{thread}/status");
            var list = Encoding.UTF8.GetString(text).Split('\n').FirstOrDefault(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal));
            return (StatusFields.Parse(text).PidInside, list?[(list.IndexOf(':') + 1)..].Trim());
        }
        catch (SyscallException)
        {
            // It has ended.
            return null;
        }
    }

    private static string? Text(string file)
    {
        try
        {
            return KernelFile.ReadText(file).Trim();
        }
        catch (SyscallException)
        {
            // It has ended, or another's may not be read (CAP_SYS_NICE).
            return null;
        }
    }
}
