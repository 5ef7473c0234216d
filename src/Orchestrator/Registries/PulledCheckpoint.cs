namespace LxcNative.Orchestrator.Registries;

/// <summary>A checkpoint that was pulled.</summary>
/// <param name="Image">The image, with its digest.</param>
/// <param name="ImagesDirectory">Where it is now, absolute.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Reference">How it is named in the store, NAME/TIME; null where a directory was named for it.</param>
/// <param name="Label">What it was called when it was made; null for nothing.</param>
/// <param name="Bytes">The sizes of its images.</param>
public sealed record PulledCheckpoint(string Image, string ImagesDirectory, string Container, string? Reference, string? Label, long Bytes)
{
    /// <summary>Where the container's root file system was extracted to, absolute; null where it was not.</summary>
    public string? Root { get; init; }

    /// <summary>Whether a root file system came with it, extracted or not.</summary>
    public bool HasRoot { get; init; }
}
