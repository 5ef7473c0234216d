using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Process of another user, and CAP_SYS_RESOURCE is missing.</summary>
internal sealed class OtherUserWithoutCapability() : PreflightRule(new RuleDescription
{
    Id = "LXN010",
    Title = "Process of another user, and CAP_SYS_RESOURCE is missing",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Uid and Gid in /proc/PID/status; CapEff of this process",
    Why = "criu reads and sets the limits of every process, which for a process of another user needs CAP_SYS_RESOURCE, and root has not got it here.",
    Remedy = "Run where root has all capabilities: not in a sandbox or container that takes CAP_SYS_RESOURCE away.",
    CriuMessage = "Can't get rlimit 0: Operation not permitted",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Host.HasSysResource ? [] : snapshot.Processes.Where(process => !process.HasEnded && !process.Status.IsRoot)
            .Select(process => Found(process, $"it runs as user {process.Status.UserId}, group {process.Status.GroupId}",
                "Can't get rlimit 0: Operation not permitted"));
}
