namespace LxcNative.Orchestrator.Parts.Timers;

/// <summary>The container's timers: their state is in criu's images.</summary>
internal sealed record TimersState : PartState;
