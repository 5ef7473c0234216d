namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>What was captured of a tmpfs.</summary>
/// <param name="Files">Files, other names of one not counted.</param>
/// <param name="Bytes">Content without holes.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record TmpfsCaptureResult(int Files, long Bytes, TimeSpan Elapsed);
