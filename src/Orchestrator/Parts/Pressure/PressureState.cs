namespace LxcNative.Orchestrator.Parts.Pressure;

/// <summary>What processes asked to be told of.</summary>
internal sealed record PressureState : PartState
{
    /// <summary>It, of each descriptor.</summary>
    public IReadOnlyList<PressureTrigger> Triggers { get => field ?? []; init; }
}
