namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A file of the images.</summary>
/// <param name="Name">Its name in the images directory.</param>
/// <param name="Size">In bytes.</param>
public sealed record ImageFile(string Name, long Size);
