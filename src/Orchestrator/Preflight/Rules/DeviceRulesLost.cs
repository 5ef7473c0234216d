using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Device rules of a version 2 cgroup.</summary>
internal sealed class DeviceRulesLost() : PreflightRule(new RuleDescription
{
    Id = "LXN090",
    Title = "Device rules of a version 2 cgroup",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "BPF_PROG_QUERY on the container’s unified cgroup",
    Why = "In the unified hierarchy device rules are a BPF program (lxc.cgroup2.devices.*), which is not in the images: after the restore the container may open every device that it has a node of.",
    Remedy = "Start the restored container’s device rules again, or keep nodes of devices out of the container.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(PreflightSnapshot snapshot, CheckpointOptions options) =>
        snapshot.DeviceProgramOf is { } cgroup ? [Found($"{cgroup} has a program for devices")] : [];
}
