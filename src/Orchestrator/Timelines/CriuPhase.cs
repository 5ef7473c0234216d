namespace LxcNative.Orchestrator.Timelines;

/// <summary>A line of criu's log that begins a phase.</summary>
/// <param name="Marker">What the line begins with.</param>
/// <param name="Name">The phase's name; null for one that is named after its task.</param>
/// <param name="IsOnce">Whether only the first such line counts.</param>
internal sealed record CriuPhase(string Marker, string? Name, bool IsOnce = true);
