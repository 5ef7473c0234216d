namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>What the container's systemd had to give up for the dump.</summary>
internal sealed record UnitsState : PartState
{
    /// <summary>The units, as they are to be again.</summary>
    public IReadOnlyList<UnitSettings> Units { get => field ?? []; init; }
}
