using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Membership in a multicast group that is lost.</summary>
internal sealed class MulticastLost() : PreflightRule(new RuleDescription
{
    Id = "LXN064",
    Title = "Membership in a multicast group that is lost",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "/proc/PID/net/igmp and igmp6, less the groups that the kernel joins by itself",
    Why = "criu does not keep which multicast groups a socket has joined: after the restore nothing of them reaches the program (mDNS, service discovery, "
        + "routing daemons).",
    Remedy = "Restart the program after the restore, or make it join again.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Networks.SelectMany(network => network.Memberships).Select(group => Found(group));
}
