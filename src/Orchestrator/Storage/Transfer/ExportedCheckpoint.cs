namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>A checkpoint that was exported.</summary>
/// <param name="File">The archive, absolute.</param>
/// <param name="ImagesDirectory">Where the checkpoint is.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Bytes">The archive's size.</param>
/// <param name="Sha256">Its SHA-256, 64 hexadecimal digits: the same whenever and wherever the checkpoint is exported in this way.</param>
public sealed record ExportedCheckpoint(string File, string ImagesDirectory, string Container, long Bytes, string Sha256)
{
    /// <summary>The root file system that is in it; null for none.</summary>
    public ExportedRoot? Root { get; init; }
}
