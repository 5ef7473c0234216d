using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>SIGTRAP is pending.</summary>
internal sealed class PendingTrap() : PreflightRule(new RuleDescription
{
    Id = "LXN008",
    Title = "SIGTRAP is pending",
    Severity = FindingSeverity.Blocks,
    SeenBy = "SigPnd and ShdPnd in /proc/PID/task/TID/status",
    Why = "criu uses SIGTRAP itself and could not tell its own from the one that waits. Other pending signals are kept.",
    Remedy = "Let the process handle or discard the signal.",
    CriuMessage = "Can't dump the N thread with a pending SIGTRAP.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        const ulong Trap = 1UL << (5 - 1);
        foreach (var process in snapshot.Processes.Where(process => !process.HasEnded))
        {
            if ((process.Status.Pending & Trap) != 0)
                yield return Found(process, "SIGTRAP waits to be delivered", $"Can't dump the {process.Pid} thread with a pending SIGTRAP.");
            else if (process.OtherThreads.FirstOrDefault(thread => (thread.Status.Pending & Trap) != 0) is { Id: not 0 } thread)
                yield return Found(process, $"SIGTRAP waits to be delivered to its thread {thread.Id}",
                    $"Can't dump the {thread.Id} thread with a pending SIGTRAP.");
        }
    }
}
