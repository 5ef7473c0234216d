namespace LxcNative.Orchestrator.Steps;

/// <summary>A change, and how it is taken back: known before it is made.</summary>
/// <param name="What">What is made, in words.</param>
/// <param name="Take">Makes it; null where it is in place.</param>
/// <param name="Revert">Takes it back in this process; null where there is nothing to take back, or where <see cref="Undo"/> says how.</param>
internal sealed record Step(string What, Action? Take, Action? Revert = null)
{
    /// <summary>How any process can take it back, also when this one is dead: written to the journal before the step is taken.</summary>
    public IReadOnlyList<Undo> Undo { get; init; } = [];

    /// <summary>How long it is to be there.</summary>
    public Lifetime Lifetime { get; init; } = Lifetime.Attempt;

    /// <summary>Something that is there already.</summary>
    public static Step InPlace(string what) => new(what, null);
}
