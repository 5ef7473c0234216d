namespace LxcNative.Orchestrator.Preflight.Failures;

/// <summary>Failures that nothing foretells: known by what criu logs.</summary>
internal static class FailureDescriptions
{
    /// <summary>The id of a message that is unread when the container stands still.</summary>
    public const string UnreadMessage = "LXN314";

    public static readonly RuleDescription[] All =
    [
        Make("LXN300", "The disk is full", "No space left on device", "criu could not write an image.", "Free some, or name another place with --images-dir."),
        Make("LXN301", "Asynchronous I/O in flight", "AIO ring", "Requests of Linux AIO are in the kernel, where they cannot be read.", "Try again later."),
        Make("LXN302", "A filter on a tap device", "with filter on-board", "criu does not keep filters of tap devices.", "Remove the filter, or the device."),
        Make("LXN303", "A seccomp filter cannot be read", "Can't fetch filter on tid_real",
            "Reading filters needs CAP_SYS_ADMIN and that we have none ourselves.", "Run on the host itself, outside of any sandbox."),
        Make("LXN304", "Segment descriptors of a process", "with LDT descriptors",
            "criu does not keep local descriptor tables, which very old programs use (Wine).", "Stop the program."),
        Make("LXN305", "Restartable sequences on an old kernel", "but kernel lacks get_rseq_conf feature",
            "Current C libraries register restartable sequences, which the kernel must be able to tell of.", "Use Linux 5.13 or newer."),
        Make("LXN306", "The process ended meanwhile", "No such process", "The container, or a process that criu was looking at, ended.",
            "Look whether the container still runs."),
        Make("LXN307", "The pid is taken", "Can't fork for N: File exists", "A process of the same pid namespace has the pid that is to be restored.",
            "Stop what was started in the meantime, or restore with a pid namespace of its own."),
        Make("LXN308", "A mount cannot be made again", "Failed to move_mount",
            "The source of a mount from the host is a symbolic link, or lies in a place that is not mounted any more.",
            "Give real paths in lxc.mount.entry (realpath)."),
        Make("LXN309", "The profile of a security module", "specified but apparmor not supported by kernel",
            "The images ask for AppArmor, and this host has none.", "Restore on a host with the same security module."),
        Make("LXN311", "A connection has no address any more", "soccr: Can't connect inet socket back",
            "The network of the container was not there when its connections were restored.", "Look whether its addresses are up; report it with the log."),
        Make("LXN312", "The network lock of criu failed", "execvp(\"iptables-restore\"", "criu wanted to lock the network itself, and iptables is missing.",
            "Use a criu and libcriu of 3.19 or newer."),
        Make("LXN313", "Memory changed under the dump", "Unknown shit", "Memory maps something that criu does not know.",
            "criu's log names it; stop the program that has it."),
        Make(UnreadMessage, "Unread message that tells who sent it", "Control messages in queue, not supported",
            "A message is unread in a Unix socket whose reader is told who sent it, or when (SO_PASSCRED, SO_PASSPIDFD, SO_PASSSEC, SO_TIMESTAMP), as "
            + "systemd's and its journal's are: criu cannot keep that.",
            "A checkpoint tries five times by itself. Try again when fewer messages are sent; a program that has stopped reading has to be ended."),
    ];

    private static RuleDescription Make(string id, string title, string message, string why, string remedy) => new()
    {
        Id = id,
        Title = title,
        Severity = FindingSeverity.Blocks,
        SeenBy = "criu's log, after a failure",
        Why = why,
        Remedy = remedy,
        CriuMessage = message,
    };
}
