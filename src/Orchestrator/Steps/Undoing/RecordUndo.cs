using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes the record of a restored container, if it is still the one that was written.</summary>
/// <param name="Record">The record.</param>
internal sealed record RecordUndo(RestoredContainer Record) : Undo
{
    /// <inheritdoc />
    public override string What => "its record";

    /// <inheritdoc />
    public override void Run() => Record.Remove();
}
