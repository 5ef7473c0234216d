using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>The threads of a process and what each of them has forked (/proc/PID/task).</summary>
internal static class ProcessThreads
{
    /// <summary>The thread ids, the process's own first, the others as the kernel lists them.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    public static IReadOnlyList<int> Read(int pid)
    {
        var path = $"/proc/{pid}/task";
        var threads = new List<int>();
        foreach (var entry in DirectoryListing.Read(path))
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
                throw new MalformedProcFileException(path, threads.Count + 1, entry.Name, "not a thread id");
            threads.Add(thread);
        }

        return threads;
    }

    /// <summary>The children that a thread has forked (/proc/PID/task/TID/children); none when the thread has ended meanwhile.</summary>
    /// <exception cref="SyscallException">open(2) or read(2) failed.</exception>
    public static IReadOnlyList<int> ReadChildren(int pid, int threadId)
    {
        var path = $"/proc/{pid}/task/{threadId}/children";
        string text;
        try
        {
            text = KernelFile.ReadText(path);
        }
        catch (SyscallException exception) when (exception.Errno is Errno.ENOENT or Errno.ESRCH && threadId != pid)
        {
            // The children of a thread that ends go to another thread of the process.
            return [];
        }

        return new ProcText(path, 1, text).Numbers<int>(text, "a child's pid");
    }
}
