namespace LxcNative.Orchestrator.Parts.Units;

/// <summary>Gives the units back what they had, once the container runs.</summary>
internal sealed class UnitsReturn(UnitsState state) : PartReturn
{
    private readonly List<string> _shortfalls = [];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    /// <inheritdoc />
    public override void Running(int init)
    {
        if (state.Units.Count == 0)
            return;
        try
        {
            UnitPrograms.GiveBack(init, state.Units);
        }
        catch (SystemdException e)
        {
            _shortfalls.Add(UnitsSaving.NotGivenBack(state.Units, e.Message));
        }
    }
}
