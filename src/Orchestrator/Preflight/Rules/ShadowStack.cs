using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Shadow stack in use.</summary>
internal sealed class ShadowStack() : PreflightRule(new RuleDescription
{
    Id = "LXN016",
    Title = "Shadow stack in use",
    Severity = FindingSeverity.Note,
    SeenBy = "x86_Thread_features in /proc/PID/status",
    Why = "The program runs with a shadow stack: it can be restored only by a processor and a kernel that have it, too.",
    Remedy = "Restore on a machine of the same kind.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Processes.Where(process => process.Status.HasShadowStack).Select(process => Found(process, "it has a shadow stack"));
}
