namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Memory that was copied once, while the container ran.</summary>
/// <param name="Bytes">How much.</param>
/// <param name="Took">How long that took.</param>
public sealed record PreCopyRound(long Bytes, TimeSpan Took);
