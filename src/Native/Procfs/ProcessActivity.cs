using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>What a process and its descendants have done so far. Where two readings are equal they have done nothing between them: they wait for
/// something.</summary>
/// <param name="Ticks">Processor time, clock ticks.</param>
/// <param name="Calls">Calls of read and write, of all kinds (syscr and syscw of proc_pid_io(5)).</param>
/// <param name="Processes">How many they are.</param>
internal readonly record struct ProcessActivity(ulong Ticks, ulong Calls, int Processes)
{
    // A chain of children that grows while it is read has an end for us.
    private const int Deepest = 64;

    /// <summary>Reads it. Descendants that end meanwhile are left out.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process; EACCES: it is another user's.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static ProcessActivity Read(int pid) => Read(pid, Deepest);

    private static ProcessActivity Read(int pid, int depth)
    {
        var stat = ProcStat.Read(pid);
        var sum = new ProcessActivity(stat.UserTicks + stat.SystemTicks, ReadCalls(pid), 1);
        foreach (var child in depth == 0 ? [] : ProcessThreads.Read(pid).SelectMany(thread => ProcessThreads.ReadChildren(pid, thread)))
        {
            try
            {
                var below = Read(child, depth - 1);
                sum = new ProcessActivity(sum.Ticks + below.Ticks, sum.Calls + below.Calls, sum.Processes + below.Processes);
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
            {
            }
        }

        return sum;
    }

    private static ulong ReadCalls(int pid)
    {
        var path = $"/proc/{pid}/io";
        try
        {
            var lines = KeyValueLines.Parse(KernelFile.ReadText(path), path);
            return lines.Number<ulong>("syscr") + lines.Number<ulong>("syscw");
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            // A kernel that does not count them (CONFIG_TASK_IO_ACCOUNTING).
            return 0;
        }
    }
}
