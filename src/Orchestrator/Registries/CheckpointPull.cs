using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Orchestrator.Registries;

/// <summary>Takes in a checkpoint that <see cref="CheckpointPush"/> brought to a registry: the registry, whoever pushed there, and all between are
/// foreign.</summary>
/// <remarks>What comes is checked as <see cref="CheckpointImport"/> checks a file, while it comes, and against the digests of the image besides. Digests tell
/// that it is whole, and, where the image was named by one, that it is the one; not who made it.</remarks>
public static class CheckpointPull
{
    /// <summary>Pulls.</summary>
    /// <param name="image">The image.</param>
    /// <param name="store">Where to: NAME/TIME in it, by the container's name and the time of the checkpoint.</param>
    /// <param name="options">How the registry is spoken to; null for the defaults.</param>
    /// <param name="imagesDirectory">A new or empty directory instead; null for the store.</param>
    /// <param name="root">Where the root file system that came along is extracted to: nothing, or an empty directory; null to leave it.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured at any moment; nothing is left then.</param>
    /// <exception cref="MalformedArchiveException">What came is damaged, or no checkpoint; nothing is left of it.</exception>
    /// <exception cref="RefusedException">There is no such image, the registry does not give it, or the place is taken or too small.</exception>
    /// <exception cref="FailedException">The registry cannot be reached, or not any more, or something could not be written; nothing is left.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static PulledCheckpoint Run(ImageReference image, CheckpointStore store, RegistryOptions? options = null, string? imagesDirectory = null,
        string? root = null, IProgress<TransferProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(store);
        options ??= new RegistryOptions();
        options.Check();
        RootOnly.Require("pulling a checkpoint");
        using var client = new RegistryClient(image, "pull", options);
        var (digest, layer) = Find(client, image, cancellation);
        BlobStream? blob = null;
        var taken = CheckpointImport.Take(image.ToString(), () =>
        {
            blob = client.Open(layer.Digest, layer.Size, received => progress?.Report(new TransferProgress(TransferStage.Pulling, received, layer.Size)),
                cancellation);
            return ArchiveStream.Decompress(blob.Head(6), blob);
        }, () => blob!.Complete(), store, imagesDirectory, root);
        return new PulledCheckpoint(image.At(digest.Text).ToString(), taken.ImagesDirectory, taken.Container, taken.Reference, taken.Label, taken.Bytes)
        {
            Root = taken.Root,
            HasRoot = taken.HasRoot,
        };
    }

    private static (ContentDigest Digest, (ContentDigest Digest, long Size) Layer) Find(RegistryClient client, ImageReference image,
        CancellationToken cancellation)
    {
        try
        {
            var (manifest, digest) = client.GetManifest(cancellation);
            return (digest, CheckpointImage.Layer(manifest, image));
        }
        catch (IOException e)
        {
            throw new FailedException($"{image} could not be pulled: {e.Message}", ContainerState.Untouched, e);
        }
    }
}
