namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>What confines the container; the policy itself is in a file of its own.</summary>
internal sealed record ConfinementState : PartState
{
    /// <summary>Whether there is a file with AppArmor policy.</summary>
    public bool HasPolicy { get; init; }
}
