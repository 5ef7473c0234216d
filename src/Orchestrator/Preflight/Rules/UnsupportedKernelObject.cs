using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Kernel object that criu does not know.</summary>
internal sealed class UnsupportedKernelObject() : PreflightRule(new RuleDescription
{
    Id = "LXN021",
    Title = "Kernel object that criu does not know",
    Severity = FindingSeverity.Blocks,
    SeenBy = "anon_inode:… in /proc/PID/fd",
    Why = "Of kernel objects that have only a descriptor, criu knows eventfd, epoll, inotify, fanotify, signalfd, timerfd and pidfd; userfaultfd, perf events, BPF programs, maps and links, file system contexts and Landlock rule sets it does not.",
    Remedy = "Stop the program that holds it, or make it close the descriptor.",
    CriuMessage = "Can't dump file N of that type [600] (anon anon_inode:[userfaultfd])",
})
{
    private const string Prefix = "anon_inode:";

    // io_uring has a rule of its own.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "eventfd", "eventpoll", "inotify", "fanotify", "signalfd", "timerfd", "pidfd", "io_uring",
    };

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(PreflightSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Files.Where(file => file is { Type: FileType.Unknown, Number: >= 0 } && file.Target.StartsWith(Prefix, StringComparison.Ordinal) && !Known.Contains(file.Target[Prefix.Length..].Trim('[', ']')))
            .Select(file => Found(file, file.Target, $"Can't dump file {file.Number} of that type [{Convert.ToString(file.Mode, 8)}] (anon {file.Target})"));
}
