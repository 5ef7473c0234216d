using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>How long a thread has run on a processor (/proc/PID/task/TID/schedstat, Documentation/scheduler/sched-stats.rst).</summary>
internal static class ThreadRunTime
{
    /// <summary>In nanoseconds, since it was made; null where the kernel does not count (CONFIG_SCHED_INFO).</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such thread.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static ulong? Read(int pid, int threadId)
    {
        var path = $"/proc/{pid}/task/{threadId}/schedstat";
        try
        {
            return Parse(KernelFile.ReadText(path), path);
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT && Directory.Exists($"/proc/{pid}/task/{threadId}"))
        {
            return null;
        }
    }

    /// <summary>The first of the line's three numbers: time on the processor, time spent waiting for it, how often it got it.</summary>
    /// <exception cref="MalformedProcFileException">It is not three numbers.</exception>
    public static ulong Parse(ReadOnlySpan<char> text, string file = "schedstat")
    {
        var line = text.TrimEnd('\n');
        var reader = new ProcText(file, 1, line);
        return reader.Numbers<ulong>(line, "a time") is [var run, _, _] ? run : throw reader.Malformed("not three numbers");
    }
}
