namespace LxcNative.Orchestrator.Registries;

/// <summary>The manifest of an image (OCI image specification), or a list of manifests; what others wrote may lack anything.</summary>
/// <param name="SchemaVersion">2.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Config">The image's configuration.</param>
/// <param name="Layers">Its layers.</param>
/// <param name="Manifests">Of a list: the manifests.</param>
/// <param name="Annotations">What is told of it.</param>
internal sealed record ImageManifest(
    int SchemaVersion, string? MediaType, ImageDescriptor? Config = null, IReadOnlyList<ImageDescriptor?>? Layers = null,
    IReadOnlyList<ImageDescriptor?>? Manifests = null, IReadOnlyDictionary<string, string>? Annotations = null);

/// <summary>What some content is.</summary>
/// <param name="MediaType">Its kind.</param>
/// <param name="Digest">Its digest, as it is written.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Platform">What it is for, in a list.</param>
internal sealed record ImageDescriptor(string? MediaType, string? Digest, long Size, ImagePlatform? Platform = null);

/// <summary>What an image is for.</summary>
/// <param name="Architecture">The processor, by Go's name.</param>
/// <param name="Os">The kernel.</param>
internal sealed record ImagePlatform(string? Architecture, string? Os);

/// <summary>The configuration of an image.</summary>
/// <param name="Created">When it was made.</param>
/// <param name="Architecture">The processor, by Go's name.</param>
/// <param name="Os">The kernel.</param>
/// <param name="Config">How a container is started of it: not at all.</param>
/// <param name="Rootfs">Its layers.</param>
internal sealed record ImageConfiguration(
    DateTimeOffset Created, string Architecture, string Os, IReadOnlyDictionary<string, string> Config, ImageLayers Rootfs);

/// <summary>The layers of an image, before compression.</summary>
/// <param name="Type">"layers".</param>
/// <param name="DiffIds">Their digests.</param>
internal sealed record ImageLayers(string Type, [property: System.Text.Json.Serialization.JsonPropertyName("diff_ids")] IReadOnlyList<string> DiffIds);
