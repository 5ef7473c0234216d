namespace LxcNative.Orchestrator.Parts;

/// <summary>A part that is saved by its state alone.</summary>
internal class StateSaving(PartState state) : PartSaving
{
    /// <inheritdoc />
    public override PartState State { get; } = state;
}
