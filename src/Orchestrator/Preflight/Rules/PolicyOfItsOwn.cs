using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>AppArmor policy that the container has loaded itself.</summary>
internal sealed class PolicyOfItsOwn() : PreflightRule(new RuleDescription
{
    Id = "LXN094",
    Title = "AppArmor policy that the container has loaded itself",
    Severity = FindingSeverity.Blocks,
    SeenBy = "profiles in the policy namespace of the container’s label",
    Why = "criu puts permissive profiles into the place of each profile in the container’s policy namespace while it works in the container, and has "
        + "apparmor_parser make them, which it runs while the container stands still.",
    Remedy = "Install apparmor_parser (package apparmor). Fewer profiles make a shorter pause.",
    CriuMessage = "apparmor parsing failed -N",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var seen = snapshot.Confinement;
        if (seen.OwnProfiles.Count == 0)
            return [];
        var profiles = $"{seen.OwnProfiles.Count} of them, \"{seen.OwnProfiles[0]}\" for one";
        return seen.HasParser
            ? [Found(profiles, severity: FindingSeverity.Note)]
            : [Found($"{profiles}, and there is no apparmor_parser", Description.CriuMessage)];
    }
}
