namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>How far the way of a checkpoint into a file or registry is, or out of it.</summary>
/// <param name="Stage">What is done.</param>
/// <param name="Done">The bytes that are through.</param>
/// <param name="Expected">The bytes that it will be.</param>
public readonly record struct TransferProgress(TransferStage Stage, long Done, long Expected);
