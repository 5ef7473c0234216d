using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>This command runs inside the container.</summary>
internal sealed class CriuInsideTree() : PreflightRule(new RuleDescription
{
    Id = "LXN012",
    Title = "This command runs inside the container",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Our own pid in the container’s tree or cgroups",
    Why = "criu would have to stop itself.",
    Remedy = "Run the command on the host.",
    CriuMessage = "The criu itself is within dumped tree.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Contains(snapshot.Host.ProcessId) || snapshot.Container.Strangers.Contains(snapshot.Host.ProcessId)
            ? [Found($"process {snapshot.Host.ProcessId} is this command",
            snapshot.Contains(snapshot.Host.ProcessId) ? "The criu itself is within dumped tree." : null)] : [];
}
