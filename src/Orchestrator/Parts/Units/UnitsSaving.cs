using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>Takes settings away from units before the freeze, and gives them back to a container that runs on.</summary>
internal sealed class UnitsSaving : SetAsideSaving
{
    private readonly IReadOnlyList<UnitSettings> _units;

    private UnitsSaving(Container container, IReadOnlyList<UnitSettings> units)
        : base(container) => _units = units;

    /// <inheritdoc />
    public override PartState State => new UnitsState { Units = _units };

    /// <inheritdoc />
    protected override bool IsTriedAgain => true;

    /// <summary>Takes them away.</summary>
    /// <exception cref="RefusedException">The container's systemd does not let go of what criu cannot dump; it has everything back.</exception>
    public static UnitsSaving Prepare(Container container, IReadOnlyList<UnitSettings> units)
    {
        var saving = new UnitsSaving(container, units);
        if (units.Count > 0)
            saving.Take<SystemdException>("settings of units", new UnitsUndo(container.InitPid, container.InitStartTime, units),
                () => UnitPrograms.SetAside(container.InitPid, units));
        return saving;
    }

    /// <summary>The sentence for units that have not got back what they had.</summary>
    public static string NotGivenBack(IReadOnlyList<UnitSettings> units, string why) =>
        $"{string.Join(", ", units.Select(unit => unit.Name))} run without their IPAddressDeny=, IPAddressAllow=, IPAccounting=, DevicePolicy= and "
        + $"DeviceAllow=: {why}. In the container, `systemctl revert UNIT` gives them back";

    /// <inheritdoc />
    protected override IReadOnlyList<string> Return()
    {
        try
        {
            UnitPrograms.GiveBack(Container.InitPid, _units);
            return [];
        }
        catch (SystemdException e)
        {
            return [NotGivenBack(_units, e.Message)];
        }
    }
}
