using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
using LxcNative.Native.Processes.Tracing;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>The seccomp filters of a task: read from one, put on another (seccomp(2), PTRACE_SECCOMP_GET_FILTER).</summary>
internal static unsafe class SeccompFilters
{
    // The kernel takes no more instructions than 32768 of all filters of a task, each with 4 of overhead.
    private const int Most = 32768 / 5;

    /// <summary>Whether a task has any.</summary>
    public static bool AreOn(Procfs.ProcStatus task) => task.Seccomp == Seccomp.SECCOMP_MODE_FILTER;

    /// <summary>Reads the filters of a process, the oldest first; the process stands still for a moment.</summary>
    /// <param name="pid">The process; nobody may trace it.</param>
    /// <exception cref="SyscallException">EPERM: somebody traces it, or the caller may not. EACCES: the caller has a filter itself. EIO: a kernel without
    /// CONFIG_CHECKPOINT_RESTORE.</exception>
    public static IReadOnlyList<byte[]> Read(int pid) => TracedTask.Run(pid, 0, task =>
    {
        var filters = new List<byte[]>();
        while (filters.Count < Most && ReadOne(task, filters.Count) is { } filter)
            filters.Add(filter);
        return filters;
    });

    /// <summary>Puts a filter on the calling thread, and on what it starts, for ever.</summary>
    /// <exception cref="SyscallException">seccomp(2) failed; EACCES: neither no_new_privs nor CAP_SYS_ADMIN.</exception>
    public static void Install(ReadOnlySpan<byte> filter)
    {
        fixed (byte* instructions = filter)
        {
            var program = new sock_fprog { len = (ushort)(filter.Length / Seccomp.SizeOfInstruction), filter = instructions };
            SyscallException.ThrowIfFailed((int)(ssize_t)LibC.syscall(SystemCallNumbers.__NR_seccomp, Seccomp.SECCOMP_SET_MODE_FILTER, 0, &program), "seccomp",
                $"{program.len} instructions");
        }
    }

    private static byte[]? ReadOne(TracedTask task, int number)
    {
        var count = (int)Libc.Ptrace(Ptrace.PTRACE_SECCOMP_GET_FILTER, task.Id, (nuint)number, null);
        // EINVAL: it has none at all.
        if (count == -1 && Errno.Last is Errno.ENOENT or Errno.EINVAL)
            return null;
        SyscallException.ThrowIfFailed(count, "ptrace PTRACE_SECCOMP_GET_FILTER", $"task {task.Id}");
        if (count > Seccomp.BPF_MAXINSNS)
            throw new SyscallException("ptrace PTRACE_SECCOMP_GET_FILTER", $"task {task.Id}", Errno.E2BIG);
        var filter = new byte[count * Seccomp.SizeOfInstruction];
        fixed (byte* instructions = filter)
            task.Request(Ptrace.PTRACE_SECCOMP_GET_FILTER, (nuint)number, instructions, "PTRACE_SECCOMP_GET_FILTER");
        return filter;
    }
}
