using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Shares the host’s network.</summary>
internal sealed class HostNetwork() : PreflightRule(new RuleDescription
{
    Id = "LXN014",
    Title = "Shares the host’s network",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/proc/INIT/ns/net compared with ours",
    Why = "Locking its network would cut off the host. criu itself would not refuse.",
    Remedy = "Give it a network of its own: lxc.net.0.type = veth, or empty.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Container.SharesHostNetwork ? [Found("its network namespace is the host’s (lxc.net.0.type = none)")] : [];
}
