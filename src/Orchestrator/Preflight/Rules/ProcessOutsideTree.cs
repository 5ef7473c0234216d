using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Process in the cgroups, not in the tree.</summary>
internal sealed class ProcessOutsideTree() : PreflightRule(new RuleDescription
{
    Id = "LXN011",
    Title = "Process in the cgroups, not in the tree",
    Severity = FindingSeverity.Blocks,
    SeenBy = "cgroup.procs of the container’s cgroups compared with its process tree",
    Why = "Processes that lxc-attach started are in the container but not children of its init: criu warns in its log, leaves them out of the images and, "
        + "unless the container is left running, they are lost.",
    Remedy = "End them (lxc-attach sessions, commands started through the API).",
    Permit = "--leave-running, --force",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        if (snapshot.Container.Strangers.Count == 0)
            yield break;
        var severity = options.LeaveRunning || options.Force ? FindingSeverity.LosesSomething : FindingSeverity.Blocks;
        foreach (var pid in snapshot.Container.Strangers)
            yield return Found($"process {pid} on the host", null, severity) with { Pid = pid };
    }
}
