using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Open as /dev/tty, and controlled by no terminal.</summary>
internal sealed class TerminalGone() : PreflightRule(new RuleDescription
{
    Id = "LXN041",
    Title = "Open as /dev/tty, and controlled by no terminal",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "/dev/tty in /proc/PID/fd, with tty_nr in /proc/PID/stat 0, or a terminal that nobody of the session has open",
    Why = "What is open as /dev/tty comes back as the terminal that controls the session, by the name that this is open by. A program that left its "
        + "session, or whose terminal is gone or open nowhere else, does not tell which that is.",
    Remedy = "Restart the program without it (setsid PROGRAM </dev/null), or log in again.",
    CriuMessage = "ctty inheritance detected sid/pgrp N, no PTY peer with sid/pgrp needed",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var named = snapshot.Files.Where(file => file.IsTty).ToList();
        if (named.Count == 0)
            return [];
        var known = snapshot.Files.Where(file => file.IsTerminal).Select(file => (file.Process.Session, file.Special.Value)).ToHashSet();
        return named.Where(file => !known.Contains((file.Process.Session, (ulong)file.Process.TerminalDevice)))
            .Select(file => Found(file, file.Process.TerminalDevice == 0 ? "no terminal controls it" : "nobody in its session has its terminal open",
                "ctty inheritance detected sid/pgrp"));
    }
}
