namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>The container's memory: criu writes it, but for what was copied while the container ran. It comes back with criu's images alone.</summary>
internal sealed class MemoryPart() : Part<MemoryState>(MemoryPartJson.Default.MemoryState)
{
    /// <inheritdoc />
    public override string Name => "memory";

    /// <inheritdoc />
    public override PartSaving Prepare(SavingContext context) => context.Options.PreCopy is { } how
        ? new MemorySaving(context.Container, how, context.Snapshot)
        : new StateSaving(new MemoryState());

    /// <inheritdoc />
    protected override PartReturn Return(MemoryState state, ReturnContext context) => new MemoryReturn();
}
