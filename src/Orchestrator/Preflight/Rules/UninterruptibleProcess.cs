using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Process does not react.</summary>
internal sealed class UninterruptibleProcess() : PreflightRule(new RuleDescription
{
    Id = "LXN003",
    Title = "Process does not react",
    Severity = FindingSeverity.Blocks,
    SeenBy = "State D in /proc/PID/task/TID/status, twice",
    Why = "A process that waits in the kernel without being interruptible (a dead NFS server, a disk, a vfork whose child has not called exec) cannot be "
        + "stopped. criu gives up after its timeout.",
    Remedy = "Wait until it has got what it waits for, or bring back what it waits for.",
    CriuMessage = "Unseizable non-zombie N found, state D",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        // What a freezer of version 1 holds is in this state, and goes on when it is thawed (LXN013).
        if (snapshot.FrozenBy is not null)
            yield break;
        foreach (var process in snapshot.Processes)
        {
            if (process.Status.State == 'D')
                yield return Found(process, "it is in state D, uninterruptible", $"Unseizable non-zombie {process.Pid} found, state D");
            else if (process.OtherThreads.FirstOrDefault(thread => thread.Status.State == 'D') is { Id: not 0 } thread)
                yield return Found(process, $"its thread {thread.Id} is in state D, uninterruptible", $"Unseizable non-zombie {thread.Id} found, state D");
        }
    }
}
