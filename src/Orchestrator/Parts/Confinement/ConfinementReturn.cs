using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>Loads the policy for the restore, and unloads it when the container has ended.</summary>
internal sealed class ConfinementReturn(ConfinementState state, RestorePlan plan) : PartReturn
{
    /// <inheritdoc />
    public override IEnumerable<Step> Steps
    {
        get
        {
            if (!state.HasPolicy)
                yield break;
            var image = AppArmorImageFile.ReadFrom(plan.ImagesDirectory);
            var withProfiles = plan.LsmProfile is null;
            yield return new Step("the AppArmor policy", () => AppArmorRebuild.Load(image, withProfiles))
            {
                // A rehearsal takes nothing from the container that runs; of several clones, the first that ends nothing from the others.
                Undo = plan.Cloned is null ? [AppArmorRebuild.Removal(image, plan.Rehearsal is null ? plan.Name : null, withProfiles)] : [],
                Lifetime = Lifetime.Container,
            };
        }
    }

    /// <inheritdoc />
    public override void DescribeTo(CriuOptions criu)
    {
        // criu looks for the colon first.
        if (plan.LsmProfile is { } profile)
            criu.LsmProfile = profile == RestoreOptions.Unconfined ? $"{profile}:" : profile;
    }
}
