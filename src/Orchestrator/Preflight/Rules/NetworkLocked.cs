using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>The network has a lock already.</summary>
internal sealed class NetworkLocked() : PreflightRule(new RuleDescription
{
    Id = "LXN086",
    Title = "The network has a lock already",
    Severity = FindingSeverity.Blocks,
    SeenBy = "What this tool has written down of locks, and the tables in the container’s network namespace",
    Why = "A checkpoint locks the network itself, and opens it again: a lock that somebody else put there is not its to take away.",
    Remedy = "Unlock it (lxcnative unlock NAME). A lock that a process holds ends with that process: try again then.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Lock is { } held ? [Found(held.ToString(), severity: held.EndsWithHolder ? FindingSeverity.Note : null)] : [];
}
