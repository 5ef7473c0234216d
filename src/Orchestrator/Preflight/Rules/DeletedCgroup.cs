using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Cgroup that was removed.</summary>
internal sealed class DeletedCgroup() : PreflightRule(new RuleDescription
{
    Id = "LXN091",
    Title = "Cgroup that was removed",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "(deleted) in /proc/PID/cgroup",
    Why = "The container’s cgroup was removed under it: its place and its limits cannot be made again.",
    Remedy = "Restart the container.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.Cgroups.Where(cgroup => cgroup.Path.EndsWith(" (deleted)", StringComparison.Ordinal))
            .Select(cgroup => Found($"{cgroup.Path} of {(cgroup.IsUnified ? "the unified hierarchy" : string.Join(',', cgroup.Controllers))}"));
}
