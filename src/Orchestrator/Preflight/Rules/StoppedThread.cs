using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Single thread stopped.</summary>
internal sealed class StoppedThread() : PreflightRule(new RuleDescription
{
    Id = "LXN007",
    Title = "Single thread stopped",
    Severity = FindingSeverity.Blocks,
    SeenBy = "State T in /proc/PID/task/TID/status, of some threads only",
    Why = "A stop signal stops all threads; one that alone is stopped was stopped by a debugger.",
    Remedy = "Let the thread go on, or stop the whole process.",
    CriuMessage = "Individually stopped threads not supported",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Processes.Where(process => !process.HasEnded
            && process.OtherThreads.Any(thread => thread.Status.State == 'T' != (process.Status.State == 'T')))
            .Select(process => Found(process, "some of its threads are stopped, others run", "Individually stopped threads not supported"));
}
