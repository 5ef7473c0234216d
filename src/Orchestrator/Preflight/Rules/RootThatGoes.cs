using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Root that goes with the container.</summary>
internal sealed class RootThatGoes() : PreflightRule(new RuleDescription
{
    Id = "LXN079",
    Title = "Root that goes with the container",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "lxc.ephemeral and the mount hooks of the configuration",
    Why = "LXC destroys the root of an ephemeral container when it ends, and a root that hooks mount is unmounted by hooks (Proxmox, network storage): after "
        + "the checkpoint there is nothing, or an empty directory, to restore on.",
    Remedy = "lxc.ephemeral = 0 (lxc-copy without -e), or mount the root yourself; the container has to be started again. With --force where the root stays "
        + "in spite of it.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.RootGoes is { } why ? [Found(why)] : [];
}
