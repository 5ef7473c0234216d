using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Processes;

/// <summary>On which processors a thread may run, and how its disk requests are served.</summary>
/// <remarks>See sched_setaffinity(2) and ioprio_set(2). Threads are named by their ids in the caller's pid namespace.</remarks>
internal static class ThreadScheduling
{
    /// <summary>The I/O priority, class and level in one number; null where the program never set one, or the thread is gone.</summary>
    public static int? IoPriority(int thread) =>
        SchedulingCalls.GetIoPriority(thread) is var priority && priority >> Ioprio.IOPRIO_CLASS_SHIFT > 0 ? priority : null;

    /// <summary>Sets it.</summary>
    /// <exception cref="SyscallException">The thread is gone, or the caller may not (CAP_SYS_ADMIN for the real-time class).</exception>
    public static void SetIoPriority(int thread, int priority)
    {
        if (SchedulingCalls.SetIoPriority(thread, priority) == -1)
            throw new SyscallException("ioprio_set", $"thread {thread}", Errno.Last);
    }

    /// <summary>Lets it run on these processors alone.</summary>
    /// <exception cref="SyscallException">The thread is gone; EINVAL when none of the processors is there or allowed by its cgroup.</exception>
    public static unsafe void SetAffinity(int thread, IReadOnlyCollection<int> processors)
    {
        // The kernel reads whole words.
        var mask = new byte[((processors.DefaultIfEmpty(0).Max() / 64) + 1) * 8];
        foreach (var processor in processors)
            mask[processor / 8] |= (byte)(1 << (processor % 8));
        fixed (byte* start = mask)
        {
            if (SchedulingCalls.SetAffinity(thread, mask.Length, start) == -1)
                throw new SyscallException("sched_setaffinity", $"thread {thread}", Errno.Last);
        }
    }

    /// <summary>Takes a list of processors apart, as the kernel writes them: <c>0-3,5</c>.</summary>
    /// <returns>The numbers; null where it is no such list, or names a processor above 8191.</returns>
    public static IReadOnlyList<int>? ParseProcessors(string text)
    {
        var processors = new List<int>();
        foreach (var part in text.Trim().Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || last < first)
                return null;
            processors.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return processors;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && number < 8192;
}
