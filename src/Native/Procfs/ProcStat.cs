using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>/proc/PID/stat (proc_pid_stat(5)). Pids are as seen by the /proc that was read.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Comm">Its command name, at most 15 bytes, unescaped: may hold anything, ") R" included.</param>
/// <param name="State">R, S, D, Z, T, t, X or I.</param>
/// <param name="ParentPid">Its parent; 0 for none visible.</param>
/// <param name="ProcessGroup">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="TtyDevice">The controlling terminal's device in the kernel's encoding; 0 for none.</param>
/// <param name="TtyProcessGroup">The terminal's foreground process group; -1 for none.</param>
/// <param name="Flags">PF_ flags of linux/sched.h.</param>
/// <param name="UserTicks">Time in user mode, clock ticks.</param>
/// <param name="SystemTicks">Time in kernel mode, clock ticks.</param>
/// <param name="ThreadCount">Its threads.</param>
/// <param name="StartTimeTicks">Start after boot, clock ticks: with the pid it names a process for good.</param>
/// <param name="VirtualBytes">Size of the address space.</param>
/// <param name="ResidentPages">Pages in memory.</param>
/// <param name="ExitSignal">What the parent gets when it ends.</param>
public sealed record ProcStat(
    int Pid,
    string Comm,
    char State,
    int ParentPid,
    int ProcessGroup,
    int Session,
    int TtyDevice,
    int TtyProcessGroup,
    uint Flags,
    ulong UserTicks,
    ulong SystemTicks,
    int ThreadCount,
    ulong StartTimeTicks,
    ulong VirtualBytes,
    long ResidentPages,
    int ExitSignal)
{
    // include/linux/sched.h: getting shut down. Not of the user's headers, but shown by proc_pid_stat(5).
    private const uint PF_EXITING = 0x00000004;

    /// <summary>Whether it has ended, though its parent may not have waited for it yet. One whose first thread alone has ended has not.</summary>
    internal bool HasEnded => State == 'X' || (State == 'Z' && ThreadCount <= 1);

    /// <summary>Whether it has ended, or is at its end: nothing of its program runs any more.</summary>
    internal bool IsEnding => State is 'Z' or 'X' || (Flags & PF_EXITING) != 0;

    /// <summary>Reads it for a process.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static ProcStat Read(int pid)
    {
        var path = $"/proc/{pid}/stat";
        return Parse(KernelFile.ReadText(path), path);
    }

    /// <summary>Reads it for a thread of a process.</summary>
    /// <inheritdoc cref="Read" path="/exception" />
    public static ProcStat ReadThread(int pid, int threadId)
    {
        var path = $"/proc/{pid}/task/{threadId}/stat";
        return Parse(KernelFile.ReadText(path), path);
    }

    /// <summary>Parses the file's text.</summary>
    /// <exception cref="MalformedProcFileException">The text is not understood.</exception>
    public static ProcStat Parse(ReadOnlySpan<char> text, string file = "stat")
    {
        var line = new ProcText(file, 1, text.TrimEnd('\n'));
        var open = line.Line.IndexOf(" (");
        var close = line.Line.LastIndexOf(')');
        if (open < 0 || close < open + 2 || close + 2 > line.Line.Length)
            throw line.Malformed("no command name in parentheses");
        // Fields after the command name; the first of them is number 3 of the manual page.
        var rest = line.Line[(close + 2)..];
        Span<Range> fields = stackalloc Range[64];
        var count = rest.Split(fields, ' ');
        if (count < 36 || rest[fields[0]].Length != 1)
            throw line.Malformed($"{count} fields after the command name");
        return new ProcStat(
            line.Number<int>(line.Line[..open], "pid"),
            line.Line[(open + 2)..close].ToString(),
            rest[fields[0]][0],
            line.Number<int>(rest[fields[1]], "ppid"),
            line.Number<int>(rest[fields[2]], "pgrp"),
            line.Number<int>(rest[fields[3]], "session"),
            line.Number<int>(rest[fields[4]], "tty_nr"),
            line.Number<int>(rest[fields[5]], "tpgid"),
            line.Number<uint>(rest[fields[6]], "flags"),
            line.Number<ulong>(rest[fields[11]], "utime"),
            line.Number<ulong>(rest[fields[12]], "stime"),
            line.Number<int>(rest[fields[17]], "num_threads"),
            line.Number<ulong>(rest[fields[19]], "starttime"),
            line.Number<ulong>(rest[fields[20]], "vsize"),
            line.Number<long>(rest[fields[21]], "rss"),
            line.Number<int>(rest[fields[35]], "exit_signal"));
    }
}
