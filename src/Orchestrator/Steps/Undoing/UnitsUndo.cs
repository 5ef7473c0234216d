using LxcNative.Orchestrator.Parts.Units;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Gives the units of a container's systemd back what its checkpoint had taken from them.</summary>
/// <param name="Init">The container's init, as the host sees it.</param>
/// <param name="StartTime">When that started: its pid may be another's since.</param>
/// <param name="Units">The units, as they were.</param>
internal sealed record UnitsUndo(int Init, ulong StartTime, IReadOnlyList<UnitSettings> Units) : InitUndo(Init, StartTime)
{
    /// <inheritdoc />
    public override string What => $"settings of {string.Join(", ", Units.Select(unit => unit.Name))}";

    /// <inheritdoc />
    protected override void GiveBack() => UnitPrograms.GiveBack(Init, Units);
}
