using LxcNative.Native.AppArmor;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Parts.Confinement;

/// <summary>The security module's policy that confines the container.</summary>
internal sealed class ConfinementPart() : Part<ConfinementState>(ConfinementPartJson.Default.ConfinementState)
{
    private const string Module = "apparmor:";

    /// <inheritdoc />
    public override string Name => "confinement";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles => [new ProfileWithheld(), new PolicyOfItsOwn(), new ConfinementOutOfSight()];

    /// <inheritdoc />
    public override IReadOnlyList<RuleDescription> RestoreRules => [ConfinementRules.PolicyMissing];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new ConfinementSaving(context.Snapshot.Confinement.Policy);

    /// <inheritdoc />
    protected override IEnumerable<Finding> Refusals(ConfinementState state, PlanContext context)
    {
        AppArmorImage? policy = null;
        Finding? damage = null;
        try
        {
            policy = state.HasPolicy ? AppArmorImageFile.ReadFrom(context.ImagesDirectory) : null;
        }
        catch (Exception e) when (e is MalformedAppArmorImageException or IOException)
        {
            damage = ImageRules.NotUsable.Found($"the policy of the container cannot be read: {e.Message}");
        }

        if (damage is not null)
            return [damage];
        var obstacle = context.Options.LsmProfile is not { } other ? policy is null ? null : AppArmorRebuild.Obstacle(policy)
            : other.StartsWith(Module, StringComparison.Ordinal) ? AppArmorRebuild.Obstacle(AppArmorLabel.Parse(other[Module.Length..])) : null;
        return obstacle is null ? [] : [ConfinementRules.PolicyMissing.Found(obstacle)];
    }

    /// <inheritdoc />
    protected override PartReturn Return(ConfinementState state, ReturnContext context) => new ConfinementReturn(state, context.Plan);
}
