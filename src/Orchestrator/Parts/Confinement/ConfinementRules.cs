using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>What can stand in the way of the policy.</summary>
internal static class ConfinementRules
{
    public static readonly RuleDescription PolicyMissing = new()
    {
        Id = "LXN207",
        Title = "The policy that confined the container cannot be had",
        Severity = FindingSeverity.BlocksRestore,
        SeenBy = "The images, and AppArmor’s files in /sys/kernel/security",
        Why = "Every task gets the label back that it had, and the kernel gives labels only of policy that is loaded.",
        Remedy = "Load the profile (apparmor_parser), mount securityfs, or name another profile (--lsm-profile).",
    };
}
