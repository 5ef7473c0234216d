using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>An AppArmor profile that cannot be saved.</summary>
internal sealed class ProfileWithheld() : PreflightRule(new RuleDescription
{
    Id = "LXN093",
    Title = "AppArmor profile that the kernel does not hand out",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "/proc/PID/attr/apparmor/current, and no raw_data of that profile under /sys/kernel/security/apparmor/policy",
    Why = "The images hold the profiles that confine the container, because LXC unloads the one that it generated as soon as the container ends. This kernel "
        + "does not keep them in a form that can be read.",
    Remedy = "Have the profile loaded when the container is restored, or restore with another: --lsm-profile. Or boot with apparmor.export_binary=1, on a "
        + "kernel built with CONFIG_SECURITY_APPARMOR_EXPORT_BINARY.",
    CriuMessage = "can't write lsm profile -N",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Confinement.Withheld.Select(profile => Found($"profile \"{profile}\""));
}
