using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Network namespace that others have too.</summary>
internal sealed class SharedNetwork() : PreflightRule(new RuleDescription
{
    Id = "LXN018",
    Title = "Network namespace that others have too",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "/proc/PID/ns/net of processes that are not of the container; nsfs mounts of the host",
    Why = "The container would come back in a network of its own, beside the one that the others go on in; and while it is dumped, theirs is locked too.",
    Remedy = "Stop the others first, or give the container a network of its own instead of lxc.namespace.share.net.",
    Permit = "--force: the network stays the others’, nothing of it is removed",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        if (snapshot.Container.NetworkSharing is not { } sharing)
            yield break;
        if (sharing.MountPoint is { } place)
            yield return Found($"the host keeps it at {place}");
        foreach (var pid in sharing.Processes)
            yield return Found($"process {pid} on the host is in it") with { Pid = pid };
    }
}
