using System.Runtime.ExceptionServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Interop;
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
    public static IReadOnlyList<byte[]> Read(int pid)
    {
        // Every request has to come from the thread that began.
        IReadOnlyList<byte[]> filters = [];
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                filters = ReadHere(pid);
            }
            catch (SyscallException e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            IsBackground = true,
            Name = "seccomp",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return filters;
    }

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

    private static List<byte[]> ReadHere(int pid)
    {
        Call(Ptrace.PTRACE_SEIZE, pid, 0, null, "PTRACE_SEIZE");
        try
        {
            Call(Ptrace.PTRACE_INTERRUPT, pid, 0, null, "PTRACE_INTERRUPT");
            int status, result;
            do
                result = Libc.Wait4(pid, &status, Wait.__WALL, null);
            while (result == -1 && Errno.Last == Errno.EINTR);
            SyscallException.ThrowIfFailed(result, "wait4", $"pid {pid}");
            var filters = new List<byte[]>();
            while (filters.Count < Most && ReadOne(pid, filters.Count) is { } filter)
                filters.Add(filter);
            return filters;
        }
        finally
        {
            // Its end lets the process go as well.
            _ = Libc.Ptrace(Ptrace.PTRACE_DETACH, pid, 0, null);
        }
    }

    private static byte[]? ReadOne(int pid, int number)
    {
        var count = (int)Libc.Ptrace(Ptrace.PTRACE_SECCOMP_GET_FILTER, pid, (nuint)number, null);
        // EINVAL: it has none at all.
        if (count == -1 && Errno.Last is Errno.ENOENT or Errno.EINVAL)
            return null;
        SyscallException.ThrowIfFailed(count, "ptrace PTRACE_SECCOMP_GET_FILTER", $"pid {pid}");
        if (count > Seccomp.BPF_MAXINSNS)
            throw new SyscallException("ptrace PTRACE_SECCOMP_GET_FILTER", $"pid {pid}", Errno.E2BIG);
        var filter = new byte[count * Seccomp.SizeOfInstruction];
        fixed (byte* instructions = filter)
            Call(Ptrace.PTRACE_SECCOMP_GET_FILTER, pid, (nuint)number, instructions, "PTRACE_SECCOMP_GET_FILTER");
        return filter;
    }

    private static void Call(int request, int pid, nuint address, void* data, string name) =>
        SyscallException.ThrowIfFailed((int)Libc.Ptrace(request, pid, address, data), $"ptrace {name}", $"pid {pid}");
}
