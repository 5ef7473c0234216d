using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Device whose other end is not on the host.</summary>
internal sealed class VethPeerElsewhere() : PreflightRule(new RuleDescription
{
    Id = "LXN081",
    Title = "Device whose other end is not on the host",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "The peer of a veth device is in neither the host’s network namespace nor the container’s",
    Why = "The other end is in another namespace, a third container’s perhaps: the pair cannot be made again from here.",
    Remedy = "Connect the container through a bridge of the host.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        return snapshot.Container.Nics.Where(nic => nic is { Kind: "veth", Host: null } && !HasPeerInside(nic, snapshot.Container.Nics))
            .Select(nic => Found($"device {nic.Name}: its other end was not found"));
    }

    // A pair with both ends in the container: created one after the other, its indexes are neighbours.
    private static bool HasPeerInside(ContainerNic nic, IReadOnlyList<ContainerNic> nics) =>
        nics.Any(other => other is { Kind: "veth", Host: null } && Math.Abs(other.Index - nic.Index) == 1);
}
