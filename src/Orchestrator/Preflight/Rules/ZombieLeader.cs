using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>First thread ended, others run.</summary>
internal sealed class ZombieLeader() : PreflightRule(new RuleDescription
{
    Id = "LXN006",
    Title = "First thread ended, others run",
    Severity = FindingSeverity.Blocks,
    SeenBy = "State Z in /proc/PID/status and further threads in /proc/PID/task",
    Why = "criu cannot make a process again whose first thread has ended.",
    Remedy = "Wait until the other threads have ended, or end the process.",
    CriuMessage = "Zombies with threads are not supported",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Processes.Where(process => process.HasEnded && process.OtherThreads.Length > 0)
            .Select(process => Found(process, $"it has ended, and {process.OtherThreads.Length} of its threads have not",
                "Zombies with threads are not supported"));
}
