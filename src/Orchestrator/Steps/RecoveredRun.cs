namespace LxcNative.Orchestrator.Steps;

/// <summary>A run whose process died before it had cleaned up.</summary>
/// <param name="Purpose">What was being done: checkpoint or restore.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Removed">What was, or in a dry run would be, taken away.</param>
/// <param name="Left">What could not be, and why.</param>
public sealed record RecoveredRun(string Purpose, string Container, IReadOnlyList<string> Removed, IReadOnlyList<string> Left)
{
    /// <summary>It in a sentence, for those who did not ask; null where there is nothing to tell.</summary>
    internal string? Told => Left.Count > 0 ? $"a {Purpose} of {Container} had died, and what it left could not all be taken away: {string.Join("; ", Left)}"
        : Removed.Count > 0 ? $"a {Purpose} of {Container} had died; what it left was taken away: {string.Join(", ", Removed)}" : null;
}
