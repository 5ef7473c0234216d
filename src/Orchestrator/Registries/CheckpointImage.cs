using System.Globalization;
using System.Text.Json;
using LxcNative.Orchestrator.Archives;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Orchestrator.Registries;

/// <summary>A checkpoint as an image: one layer, which is the archive, and annotations that say what is in it, as CRI-O and podman write them.</summary>
internal static class CheckpointImage
{
    /// <summary>The image's configuration.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="sha256">The digits of its archive before compression.</param>
    public static byte[] Configuration(CheckpointManifest checkpoint, string sha256) => JsonSerializer.SerializeToUtf8Bytes(
        new ImageConfiguration(checkpoint.Created, HostArchitecture.Name, "linux", new Dictionary<string, string>(),
            new ImageLayers("layers", [ContentDigest.FromHex(sha256).Text])),
        RegistryJson.Default.ImageConfiguration);

    /// <summary>The image's manifest.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="layer">The archive.</param>
    /// <param name="compression">By what the archive is compressed.</param>
    public static byte[] Manifest(CheckpointManifest checkpoint, BlobSource configuration, BlobSource layer, ArchiveCompression compression) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ImageManifest(2, MediaType.Manifest, new ImageDescriptor(MediaType.Configuration, configuration.Digest.Text, configuration.Size),
                [new ImageDescriptor(MediaType.OfLayer(compression), layer.Digest.Text, layer.Size)], Annotations: Annotations(checkpoint)),
            RegistryJson.Default.ImageManifest);

    /// <summary>Reads a manifest that somebody else may have made: nothing of it was checked.</summary>
    /// <exception cref="MalformedArchiveException">It is none.</exception>
    public static ImageManifest Parse(ReadOnlySpan<byte> text, ImageReference image)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, RegistryJson.Default.ImageManifest) is { } manifest)
                return manifest;
        }
        catch (JsonException e)
        {
            throw new MalformedArchiveException($"the manifest of {image} is damaged: {e.Message}", e);
        }

        throw new MalformedArchiveException($"the manifest of {image} is empty");
    }

    /// <summary>The archive in an image that somebody else may have made.</summary>
    /// <exception cref="MalformedArchiveException">It is no checkpoint's.</exception>
    public static (ContentDigest Digest, long Size) Layer(ImageManifest manifest, ImageReference image)
    {
        if (manifest.Layers is not [{ } layer])
            throw new MalformedArchiveException($"{image} has {manifest.Layers?.Count ?? 0} layers: a checkpoint is in one");
        if (!ContentDigest.TryParse(layer.Digest, out var digest) || layer.Size <= 0)
            throw new MalformedArchiveException($"{image} names its layer by \"{layer.Digest}\", of {layer.Size} bytes: sha256 alone is known here");
        return (digest, layer.Size);
    }

    private static SortedDictionary<string, string> Annotations(CheckpointManifest checkpoint)
    {
        var container = checkpoint.Container;
        var annotations = Descriptions.Annotations(checkpoint);
        annotations[$"{Descriptions.Annotation}runtime.name"] = "lxc";
        annotations[$"{Descriptions.Annotation}host.arch"] = HostArchitecture.Name;
        annotations[$"{Descriptions.Annotation}cgroup.version"] = container.Cgroups.All(one => one.IsUnified) ? "v2" : "v1";
        // What CRI-O and podman know a checkpoint by.
        annotations["io.kubernetes.cri-o.annotations.checkpoint.name"] = container.Name;
        annotations["io.podman.annotations.checkpoint.name"] = container.Name;
        annotations["org.opencontainers.image.created"] = checkpoint.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (checkpoint.Label is { } label)
            annotations["org.opencontainers.image.title"] = label;
        return annotations;
    }
}
