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
    protected override PartReturn Return(EngineState state, ReturnContext context) => new EngineReturn();
}
