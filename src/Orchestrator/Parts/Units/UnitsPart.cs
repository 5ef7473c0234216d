using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>Settings of units for which the container's systemd holds what criu cannot dump: they are taken away while it is dumped, and given back when it
/// runs.</summary>
internal sealed class UnitsPart() : Part<UnitsState>(UnitsPartJson.Default.UnitsState)
{
    /// <inheritdoc />
    public override string Name => "units";

    /// <inheritdoc />
    public override IReadOnlyList<PreflightRule> Obstacles => [new UnsupportedKernelObject()];

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => UnitsSaving.Prepare(context.Container, context.Snapshot.Units.Confined);

    /// <inheritdoc />
    protected override PartReturn Return(UnitsState state, ReturnContext context) => new UnitsReturn(state);
}
