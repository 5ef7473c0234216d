using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Orchestrator.Registries;

/// <summary>Brings a checkpoint to a registry, as an image of one layer: the archive that <see cref="CheckpointExport"/> writes. <see cref="CheckpointPull"/>
/// takes it in on another host.</summary>
public static class CheckpointPush
{
    /// <summary>Pushes.</summary>
    /// <param name="imagesDirectory">The checkpoint's directory.</param>
    /// <param name="image">What it shall be called there; an image of that tag is replaced, as everywhere.</param>
    /// <param name="options">How the registry is spoken to; null for the defaults.</param>
    /// <param name="compression">By what the layer is compressed.</param>
    /// <param name="withRoot">Whether the container's root file system goes along, as it is now: nothing of the container may run.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured at any moment: no image is there then.</param>
    /// <remarks>Every image is compared with its hash first. The archive is made once, in a file without a name beside the images,
    /// where there is room for it; else twice, once for its digest. What is
    /// in the container's memory is in the registry then, for everybody whom it lets pull.</remarks>
    /// <exception cref="RefusedException">The directory is no complete checkpoint, or the registry does not take it.</exception>
    /// <exception cref="FailedException">The registry cannot be reached, or not any more.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static PushedCheckpoint Run(string imagesDirectory, ImageReference image, RegistryOptions? options = null,
        ArchiveCompression compression = ArchiveCompression.Zstd, bool withRoot = false, IProgress<TransferProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(imagesDirectory);
        ArgumentNullException.ThrowIfNull(image);
        options ??= new RegistryOptions();
        options.Check();
        if (image.Tag is null || image.Digest is not null)
            throw new InvalidOptionException("Image", $"\"{image}\" names an image by its digest, which is known only afterwards: a tag is needed");
        RootOnly.Require("pushing a checkpoint");
        using var checkpoint = CheckpointArchive.Open(imagesDirectory, withRoot, cancellation);
        try
        {
            using var client = new RegistryClient(image, "pull,push", options);
            using var spooled = SpooledLayer.TryWrite(checkpoint, Write);
            var (layer, content) = Layer(spooled, checkpoint, compression, Write, cancellation);
            var configuration = BlobSource.Of(CheckpointImage.Configuration(checkpoint.Manifest, content));
            var isSent = client.Push(layer, reached => progress?.Report(new TransferProgress(TransferStage.Pushing, reached, layer.Size)), cancellation);
            client.Push(configuration, tell: null, cancellation);
            var manifest = CheckpointImage.Manifest(checkpoint.Manifest, configuration, layer, compression);
            client.PutManifest(manifest, cancellation);
            return new PushedCheckpoint(image.At(ContentDigest.Of(manifest).Text).ToString(), checkpoint.Directory, checkpoint.Manifest.Container.Name,
                layer.Size, isSent)
            {
                Root = checkpoint.Root,
            };
        }
        catch (Exception e) when (e is IOException or SyscallException)
        {
            throw new FailedException($"{checkpoint.Directory} could not be pushed, and {image} is what it was before: {e.Message}",
                ContainerState.Untouched, e);
        }

        string Write(Stream output)
        {
            var expected = checkpoint.Bytes;
            return checkpoint.Write(output, compression,
                done => progress?.Report(new TransferProgress(TransferStage.Digesting, done, expected)), cancellation);
        }
    }

    private static (BlobSource Blob, string Content) Layer(SpooledLayer? spooled, CheckpointArchive checkpoint, ArchiveCompression compression,
        Func<Stream, string> write, CancellationToken cancellation)
    {
        if (spooled is not null)
            return (new BlobSource(ContentDigest.FromHex(spooled.Sha256), spooled.Size, spooled.CopyTo), spooled.Content);
        using var output = new HashingStream(Stream.Null);
        var content = write(output);
        return (new BlobSource(ContentDigest.FromHex(output.Sha256), output.Length,
            target => checkpoint.Write(target, compression, tell: null, cancellation)), content);
    }
}
