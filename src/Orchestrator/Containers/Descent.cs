using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Where a process comes from, looked up now.</summary>
internal static class Descent
{
    /// <summary>Whether a process descends from one of <paramref name="members"/>, or has ended: nobody can miss it.</summary>
    public static bool IsFrom(int pid, IReadOnlySet<int> members)
    {
        try
        {
            for (var current = pid; current > 1; current = ProcStat.Read(current).ParentPid)
                if (members.Contains(current))
                    return true;
            return false;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return true;
        }
    }
}
