namespace LxcNative.Orchestrator.Restores.Clones;

/// <summary>A network device of a clone.</summary>
/// <param name="Inside">Its name.</param>
/// <param name="FormerAddress">The MAC of the original's.</param>
/// <param name="Address">Its MAC.</param>
/// <param name="Prefixes">Its addresses with their prefixes, in the place of the original's of the same families; none to keep those.</param>
internal sealed record CloneDevice(string Inside, string FormerAddress, string Address, IReadOnlyList<string> Prefixes);
