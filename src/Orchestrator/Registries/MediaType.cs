using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Orchestrator.Registries;

/// <summary>The kinds of content in a registry that are written or read here.</summary>
internal static class MediaType
{
    /// <summary>The manifest of an image.</summary>
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>The list of an image's manifests, one for each architecture.</summary>
    public const string Index = "application/vnd.oci.image.index.v1+json";

    /// <summary>An image's configuration.</summary>
    public const string Configuration = "application/vnd.oci.image.config.v1+json";

    /// <summary>A manifest as Docker wrote it before; its members have the same names.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>A list of manifests as Docker wrote it before.</summary>
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";

    private const string Layer = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>What is asked for where a manifest is meant.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [Manifest, Index, DockerManifest, DockerIndex];

    /// <summary>The one of a layer.</summary>
    public static string OfLayer(ArchiveCompression compression) => compression switch
    {
        ArchiveCompression.Zstd => $"{Layer}+zstd",
        ArchiveCompression.Gzip => $"{Layer}+gzip",
        _ => Layer,
    };
}
