using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Orchestrator.Registries;

/// <summary>A checkpoint that was pushed.</summary>
/// <param name="Image">The image, with its tag and digest: the same whenever and wherever the checkpoint is pushed in this way.</param>
/// <param name="ImagesDirectory">Where the checkpoint is.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Bytes">The layer's size.</param>
/// <param name="Sent">Whether the layer was sent: false where the registry had it.</param>
public sealed record PushedCheckpoint(string Image, string ImagesDirectory, string Container, long Bytes, bool Sent)
{
    /// <summary>The root file system that is in it; null for none.</summary>
    public ExportedRoot? Root { get; init; }
}
