using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Procfs;

/// <summary>/proc/PID/status (proc_pid_status(5)).</summary>
public sealed record ProcStatus
{
    /// <summary>Command name, with the kernel's escapes undone.</summary>
    public required string Name { get; init; }

    /// <summary>R, S, D, Z, T, t, X or I.</summary>
    public required char State { get; init; }

    /// <summary>Thread group: the process.</summary>
    public required int Tgid { get; init; }

    /// <summary>The thread.</summary>
    public required int Pid { get; init; }

    /// <summary>The parent; 0 for none visible.</summary>
    public required int PPid { get; init; }

    /// <summary>Who traces it; 0 for nobody.</summary>
    public required int TracerPid { get; init; }

    /// <summary>Thread group id in every pid namespace, from that of the /proc mount inwards; empty without pid namespaces.</summary>
    public int[] NStgid { get; init; } = [];

    /// <summary>Thread id in every pid namespace, from that of the /proc mount inwards: the last is what the process sees.</summary>
    public int[] NSpid { get; init; } = [];

    /// <summary>Process group id in every pid namespace.</summary>
    public int[] NSpgid { get; init; } = [];

    /// <summary>Session id in every pid namespace; 0 where the session leader is outside.</summary>
    public int[] NSsid { get; init; } = [];

    /// <summary>User ids: real, effective, saved, file system.</summary>
    public required uint[] Uid { get; init; }

    /// <summary>Group ids: real, effective, saved, file system.</summary>
    public required uint[] Gid { get; init; }

    /// <summary>Supplementary groups.</summary>
    public uint[] Groups { get; init; } = [];

    /// <summary>Threads of the process.</summary>
    public int Threads { get; init; }

    /// <summary>Whether the process is dying of a signal, and its memory is being written to a core dump; false too before Linux 4.15.</summary>
    public bool IsDumpingCore { get; init; }

    /// <summary>Signals pending for the thread; bit n-1 for signal n.</summary>
    public ulong SigPnd { get; init; }

    /// <summary>Signals pending for the process.</summary>
    public ulong ShdPnd { get; init; }

    /// <summary>Whether it has been killed, and ends when it gets a processor: the kernel keeps SIGKILL pending for the process until its end. (For a thread
    /// it is pending too where another one calls execve.)</summary>
    internal bool IsKilled => ((ShdPnd >> (Signals.SIGKILL - 1)) & 1) != 0;

    /// <summary>Blocked signals.</summary>
    public ulong SigBlk { get; init; }

    /// <summary>Ignored signals.</summary>
    public ulong SigIgn { get; init; }

    /// <summary>Caught signals.</summary>
    public ulong SigCgt { get; init; }

    /// <summary>Inheritable capabilities; bit n for capability n of capability(7).</summary>
    public ulong CapInh { get; init; }

    /// <summary>Permitted capabilities.</summary>
    public ulong CapPrm { get; init; }

    /// <summary>Effective capabilities.</summary>
    public ulong CapEff { get; init; }

    /// <summary>Bounding set.</summary>
    public ulong CapBnd { get; init; }

    /// <summary>Ambient capabilities.</summary>
    public ulong CapAmb { get; init; }

    /// <summary>Whether execve can no longer add privileges.</summary>
    public bool NoNewPrivs { get; init; }

    /// <summary>0 off, 1 strict, 2 filter; 0 too where the kernel has no seccomp.</summary>
    public int Seccomp { get; init; }

    /// <summary>Resident memory in KiB; null for a kernel thread and a zombie.</summary>
    public ulong? ResidentKiB { get; init; }

    /// <summary>Reads it for a process.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static ProcStatus Read(int pid)
    {
        var path = $"/proc/{pid}/status";
        return Parse(KernelFile.ReadText(path), path);
    }

    /// <summary>Reads it for a thread of a process.</summary>
    /// <inheritdoc cref="Read" path="/exception" />
    public static ProcStatus ReadThread(int pid, int threadId)
    {
        var path = $"/proc/{pid}/task/{threadId}/status";
        return Parse(KernelFile.ReadText(path), path);
    }

    /// <summary>Parses the file's text. Lines of unknown name are passed over: kernels add some.</summary>
    /// <exception cref="MalformedProcFileException">A line has no colon, a value is not of its kind, or a line that every kernel has is missing.</exception>
    public static ProcStatus Parse(ReadOnlySpan<char> text, string file = "status")
    {
        var fields = KeyValueLines.Parse(text, file);
        return new ProcStatus
        {
            Name = Unescape(fields.Required("Name")),
            State = fields.Required("State") is [var state, ..] ? state : throw fields.Malformed("State", "empty"),
            Tgid = fields.Number<int>("Tgid"),
            Pid = fields.Number<int>("Pid"),
            PPid = fields.Number<int>("PPid"),
            TracerPid = fields.Number<int>("TracerPid"),
            NStgid = fields.Numbers<int>("NStgid"),
            NSpid = fields.Numbers<int>("NSpid"),
            NSpgid = fields.Numbers<int>("NSpgid"),
            NSsid = fields.Numbers<int>("NSsid"),
            Uid = Four(fields, "Uid"),
            Gid = Four(fields, "Gid"),
            Groups = fields.Numbers<uint>("Groups"),
            Threads = fields.Contains("Threads") ? fields.Number<int>("Threads") : 0,
            IsDumpingCore = fields.Contains("CoreDumping") && fields.Number<int>("CoreDumping") != 0,
            SigPnd = fields.Hexadecimal("SigPnd"),
            ShdPnd = fields.Hexadecimal("ShdPnd"),
            SigBlk = fields.Hexadecimal("SigBlk"),
            SigIgn = fields.Hexadecimal("SigIgn"),
            SigCgt = fields.Hexadecimal("SigCgt"),
            CapInh = fields.Hexadecimal("CapInh"),
            CapPrm = fields.Hexadecimal("CapPrm"),
            CapEff = fields.Hexadecimal("CapEff"),
            CapBnd = fields.Hexadecimal("CapBnd"),
            CapAmb = fields.Hexadecimal("CapAmb"),
            NoNewPrivs = fields.Contains("NoNewPrivs") && fields.Number<int>("NoNewPrivs") != 0,
            Seccomp = fields.Contains("Seccomp") ? fields.Number<int>("Seccomp") : 0,
            ResidentKiB = fields.Contains("VmRSS") ? fields.KiB("VmRSS") : null,
        };
    }

    private static uint[] Four(KeyValueLines fields, string key) =>
        fields.Numbers<uint>(key) is { Length: 4 } ids ? ids : throw fields.Malformed(key, "not four ids");

    // The kernel escapes newline and backslash here, and nothing else (fs/proc/array.c proc_task_name).
    private static string Unescape(string name) =>
        name.Contains('\\') ? name.Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace('\0', '\\') : name;
}
