using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>Tries what criu and this library need of the kernel.</summary>
internal static class KernelFeatures
{
    /// <summary>What is missing, with what it is for.</summary>
    public static IReadOnlyList<(string Feature, string Purpose)> Missing()
    {
        var missing = new List<(string, string)>();
        void Need(bool present, string feature, string purpose)
        {
            if (!present)
                missing.Add((feature, purpose));
        }

        Need(File.Exists($"/proc/thread-self/children"), "/proc/PID/task/TID/children (CONFIG_PROC_CHILDREN)", "finding the process tree");
        Need(Directory.Exists("/proc/self/map_files"), "/proc/PID/map_files (CONFIG_CHECKPOINT_RESTORE)", "dumping memory that maps files");
        Need(ProcessComparison.Memory(Environment.ProcessId, Environment.ProcessId) == 0, "kcmp (CONFIG_KCMP)", "telling what processes share");
        foreach (var kind in (string[])["net", "mnt", "pid", "ipc", "uts"])
            Need(File.Exists($"/proc/self/ns/{kind}"), $"{kind} namespaces", "containers");
        Need(ProcReader.TryStat("/proc/sys/net/unix", out _) || Errno.Last != Errno.ENOENT, "Unix sockets", "libcriu");
        return missing;
    }
}
