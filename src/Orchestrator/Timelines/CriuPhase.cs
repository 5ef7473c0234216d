namespace LxcNative.Orchestrator.Timelines;

/// <summary>A line of criu's log that begins a phase.</summary>
/// <param name="Marker">What the line begins with.</param>
/// <param name="Name">The phase's name, whose first line alone counts; null where each line begins a task's, named after it.</param>
internal sealed record CriuPhase(string Marker, string? Name);
