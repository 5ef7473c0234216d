using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>AppArmor policy that cannot be seen.</summary>
internal sealed class ConfinementOutOfSight() : PreflightRule(new RuleDescription
{
    Id = "LXN095",
    Title = "AppArmor that this command does not see",
    Severity = FindingSeverity.LosesSomething,
    SeenBy = "/proc/PID/attr/apparmor/current, and no /sys/kernel/security/apparmor/policy",
    Why = "AppArmor confines the container, but securityfs is not mounted: criu takes the host for one without AppArmor and keeps no labels. The restored "
        + "container would be unconfined.",
    Remedy = "mount -t securityfs securityfs /sys/kernel/security",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Confinement is { IsVisible: false, Labels: [var first, ..] } ? [Found($"label \"{first}\"")] : [];
}
