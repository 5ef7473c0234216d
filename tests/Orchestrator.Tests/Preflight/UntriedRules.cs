namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>Rules of which no state is made, and why; and what no rule can see.</summary>
internal static class UntriedRules
{
    public static readonly IReadOnlyList<(string Id, string Reason)> Reasons =
    [
        .. StateCases.HasCompat
            ? [("LXN005", "this criu has compat support, and dumps 32-bit programs (state exec_32bit); tried on a snapshot")]
            : ((string, string)[])[],
        ("LXN007", "a single thread is stopped by a debugger alone, and then it is traced (LXN002)"),
        ("LXN012", "the tests would have to run inside the container that they look at; tried on a snapshot"),
        ("LXN016", "needs a processor with shadow stacks and a program built for them; tried on a snapshot"),
        ("LXN025", "needs uprobes in the kernel; tried on a snapshot"),
        ("LXN040", "a host terminal bound into the container by LXC: tried with LXC containers; a plain descriptor is LXN030"),
        ("LXN042", "a note: criu 4 keeps /dev/console (state device_console)"),
        ("LXN043", "a note: libcriu hands the other end over (state tty_bound)"),
        ("LXN044", "what LXC binds is replaced; one that is bound nowhere is tried on a snapshot (TerminalChoiceTests)"),
        ("LXN046", "needs 65 shells at terminals; tried on a snapshot"),
        ("LXN054", "criu is told to pass over them (state tcp_backlog)"),
        ("LXN064", "criu dumps, and loses the membership (state multicast)"),
        ("LXN076", "refused before criu is asked; tried on a snapshot"),
        ("LXN077", "the host would have to be without devtmpfs; tried on a snapshot"),
        ("LXN081", "found at the restore; tried on a snapshot"),
        ("LXN084", "criu dumps, and leaves the mount out (state mount_tracefs)"),
        ("LXN086", "a lock of this tool, of which criu knows nothing; tried with LXC containers"),
        ("LXN090", "those like LXC’s come back (DeviceProgramTests); tried on a snapshot"),
        ("LXN091", "criu dumps; tried on a snapshot"),
        ("LXN092", "the tests would have to be in another cgroup namespace; tried with LXC containers"),
        ("LXN093", "needs AppArmor in the kernel; tried on a snapshot"),
        ("LXN094", "needs AppArmor in the kernel: tried in a virtual machine (eng/vm-host)"),
        ("LXN095", "needs AppArmor in the kernel; tried on a snapshot"),
        ("LXN096", "criu dumps; tried on a snapshot"),
    ];

    public static readonly IReadOnlyList<(string What, string Message)> Invisible =
    [
        ("asynchronous I/O in flight", "AIO ring checks"),
        ("a filter on a tap device", "Can't dump N with filter on-board"),
        ("seccomp filters that root may not read", "Can't fetch filter on tid_real N"),
        ("guard pages on a kernel that cannot tell of them", "Can't get guard pages"),
        ("segment descriptors of a process (LDT)", "Can't dump task N with LDT descriptors"),
        ("an unread message of a Unix socket whose reader is told who sent it, or when", "Control messages in queue, not supported"),
        ("anything that changes between the look and the freeze", "any"),
    ];
}
