using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Process is being traced.</summary>
internal sealed class TracedProcess() : PreflightRule(new RuleDescription
{
    Id = RuleId,
    Title = "Process is being traced",
    Severity = FindingSeverity.Blocks,
    SeenBy = "TracerPid in /proc/PID/task/TID/status",
    Why = "A task has one tracer at most, and criu has to be it.",
    Remedy = "Detach the debugger, strace or supervisor that traces the process.",
    CriuMessage = "Unseizable non-zombie N found, state S",
})
{
    /// <summary>Its number.</summary>
    public const string RuleId = "LXN002";

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        foreach (var process in snapshot.Processes)
        {
            if (process.Status.TracerPid != 0)
                yield return Found(process, $"process {process.Status.TracerPid} traces it", $"Unseizable non-zombie {process.Pid} found, state");
            else if (process.OtherThreads.FirstOrDefault(thread => thread.Status.TracerPid != 0) is { Id: not 0 } thread)
                yield return Found(process, $"process {thread.Status.TracerPid} traces its thread {thread.Id}",
                    $"Unseizable non-zombie {thread.Id} found, state");
        }
    }
}
