namespace LxcNative.Orchestrator.Preparation;

/// <summary>What a preparation did, would do, or found.</summary>
/// <param name="Subject">What was prepared.</param>
/// <param name="Items">Its parts, in the order in which they are made.</param>
public sealed record PreparationReport(string Subject, IReadOnlyList<PreparationItem> Items)
{
    /// <summary>Whether nothing is missing.</summary>
    public bool IsComplete => Items.All(item => item.State is not (PreparationState.Missing or PreparationState.WouldMake));
}
