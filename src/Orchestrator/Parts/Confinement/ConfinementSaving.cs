using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>Saves the policy before the freeze: LXC unloads it as soon as the container ends.</summary>
internal sealed class ConfinementSaving(AppArmorImage? policy) : StateSaving(new ConfinementState { HasPolicy = policy is not null })
{
    /// <inheritdoc />
    public override void Begin(ImageDirectory images)
    {
        if (policy is not null)
            images.Write(AppArmorImageFile.Name, AppArmorImageFile.Write(policy));
    }
}
