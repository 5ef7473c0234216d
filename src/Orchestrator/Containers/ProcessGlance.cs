using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Looks at a process that may be gone: absence is an answer here, not an error.</summary>
internal static class ProcessGlance
{
    /// <summary>Its /proc/PID/stat, or null when there is no such process.</summary>
    public static ProcStat? Stat(int pid) => Try(() => ProcStat.Read(pid));

    /// <summary>Its /proc/PID/status, or null when there is no such process.</summary>
    public static ProcStatus? Status(int pid) => Try(() => ProcStatus.Read(pid));

    /// <summary>Whether it has ended, or will whatever happens: it has been killed, and the kernel has not got to it yet.</summary>
    public static bool IsEnding(int pid) => Stat(pid) is not { IsEnding: false } || Status(pid) is not { IsKilled: false };

    /// <summary>What is read of a process, or nothing when it is gone.</summary>
    public static T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return default;
        }
    }
}
