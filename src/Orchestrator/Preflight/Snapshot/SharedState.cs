namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Two processes share what criu expects every process to have for itself.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="One">The process that has it too.</param>
/// <param name="Other">The process whose dump would fail.</param>
internal sealed record SharedState(SharedStateKind Kind, ObservedProcess One, ObservedProcess Other);
