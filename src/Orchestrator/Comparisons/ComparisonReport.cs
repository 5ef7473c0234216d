namespace LxcNative.Orchestrator.Comparisons;

/// <summary>How a container differs from a checkpoint, or one checkpoint from another.</summary>
/// <param name="Before">The checkpoint's directory.</param>
/// <param name="Now">The other's directory, or the container's name.</param>
/// <param name="Compared">How many things both have or one has.</param>
/// <param name="Differences">What is not the same, by area and item.</param>
/// <param name="NotCompared">What could not be compared, and why.</param>
public sealed record ComparisonReport(
    string Before, string Now, int Compared, IReadOnlyList<Difference> Differences, IReadOnlyList<string> NotCompared);
