using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Looks at a process that may be gone: absence is an answer here, not an error.</summary>
internal static class ProcessGlance
{
    /// <summary>Its /proc/PID/stat, or null when there is no such process.</summary>
    public static ProcStat? Stat(int pid) => Read(() => ProcStat.Read(pid));

    /// <summary>Its /proc/PID/status, or null when there is no such process.</summary>
    public static ProcStatus? Status(int pid) => Read(() => ProcStatus.Read(pid));

    private static T? Read<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return null;
        }
    }
}
