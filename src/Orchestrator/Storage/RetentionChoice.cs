namespace LxcNative.Orchestrator.Storage;

/// <summary>What a <see cref="Retention"/> comes to.</summary>
/// <param name="Removed">Those to be removed, the oldest first.</param>
/// <param name="Kept">Those to be kept.</param>
/// <param name="BytesKept">What those take.</param>
public sealed record RetentionChoice(IReadOnlyList<StoredCheckpoint> Removed, IReadOnlyList<StoredCheckpoint> Kept, long BytesKept);
