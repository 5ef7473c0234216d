namespace LxcNative.Orchestrator.Steps;

/// <summary>A step that was about to be taken; or, with no undo, that the container runs: what was for its restore alone is over then.</summary>
/// <param name="What">What it makes, in words.</param>
/// <param name="Lifetime">How long it is to be there.</param>
/// <param name="Undo">How it is taken back.</param>
internal sealed record JournalEntry(string What, Lifetime Lifetime, IReadOnlyList<Undo> Undo)
{
    /// <summary>The entry that says that the container runs.</summary>
    public static JournalEntry Settled { get; } = new("settled", Lifetime.Container, []);

    /// <summary>Whether it says so.</summary>
    public bool IsSettled() => Undo.Count == 0;
}
