using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage;

/// <summary>What became of one that was to be deleted.</summary>
/// <param name="Checkpoint">Which.</param>
/// <param name="Left">Directories in it, which are not the checkpoint's and were left.</param>
/// <param name="Failure">Why it was not deleted; null where it was, or in a dry run would be.</param>
public sealed record DeletedCheckpoint(StoredCheckpoint Checkpoint, IReadOnlyList<string> Left, LxcNativeException? Failure);
