using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.Engine;

/// <summary>What only LXC's monitor knows of the container: the configuration that it was started with, which may not be the one in its file any
/// more.</summary>
internal sealed class EnginePart() : Part<EngineState>(EnginePartJson.Default.EngineState)
{
    /// <inheritdoc />
    public override string Name => "engine";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => new EngineSaving(context.Container.LxcPath, context.Container.Name);

    /// <inheritdoc />
    protected override EngineState Planned(EngineState state, PlanContext context)
    {
        if (context.Cloned is not { } clone || state.Configuration.Count == 0)
            return state;
        var items = state.Configuration.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in CloneKeys.Of(clone, items.GetValueOrDefault).ToList())
            items[key] = value;
        return state with { Configuration = items };
    }

    /// <inheritdoc />
    protected override PartReturn Return(EngineState state, ReturnContext context) => new EngineReturn(context.Plan.Cloned);
}
