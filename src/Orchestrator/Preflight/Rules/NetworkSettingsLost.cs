using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Network settings that are lost.</summary>
internal sealed class NetworkSettingsLost() : PreflightRule(new RuleDescription
{
    Id = "LXN082",
    Title = "Network settings that are lost",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "Queueing disciplines (rtnetlink) and IPsec states and policies (xfrm) of the container’s network namespaces",
    Why = "Neither criu nor lxcnative saves them: the restored container would send without limits, and in clear what was encrypted.",
    Remedy = "Remove them (tc qdisc del, ip xfrm state flush, ip xfrm policy flush) and set them again after the restore; with --force they are lost.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Networks.SelectMany(network => network.Lost).Select(what => Found(what));
}
