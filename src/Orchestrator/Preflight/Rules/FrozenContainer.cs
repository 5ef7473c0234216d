using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Container is frozen.</summary>
internal sealed class FrozenContainer() : PreflightRule(new RuleDescription
{
    Id = "LXN013",
    Title = "Container is frozen",
    Severity = FindingSeverity.Blocks,
    SeenBy = "cgroup.events (v2) and freezer.state (v1) of its cgroups",
    Why = "criu stops tasks by ptrace, for which they have to run: with the v1 freezer it gives up after its timeout, with v2 it waits for ever.",
    Remedy = "Thaw it: lxc-unfreeze -n NAME.",
    CriuMessage = "Unseizable non-zombie N found, state D",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.FrozenBy is { } cgroup
            ? [Found($"{cgroup} is frozen", cgroup.Contains("/freezer/", StringComparison.Ordinal) ? "Unseizable non-zombie" : null)]
            : [];
}
