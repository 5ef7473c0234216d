using System.Text.Json;
using System.Text.Json.Serialization;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What a checkpoint is, beside criu's own images: a header and the states of the container's parts. Written last, so that a directory without it is
/// no checkpoint.</summary>
public sealed record CheckpointManifest
{
    /// <summary>The name of its file in the images directory.</summary>
    public const string FileName = "lxcnative.json";

    /// <summary>The version of the layout that this library writes, and the newest that it reads.</summary>
    public const int CurrentVersion = 3;

    /// <summary>The version of the layout.</summary>
    public required int Version { get; init; }

    /// <summary>When the images were made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The kernel's release.</summary>
    public required string Kernel { get; init; }

    /// <summary>The version of criu that wrote the images.</summary>
    public required string Criu { get; init; }

    /// <summary>The container as it was found: a description for readers; what a restore needs is in the parts.</summary>
    public required Container Container { get; init; }

    /// <summary>The options that a restore must repeat.</summary>
    public required ManifestOptions Options { get; init; }

    /// <summary>The states of the container's parts, by the parts' names, each with a version of its own.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Parts { get; init; }

    /// <summary>Every image file with its size in bytes.</summary>
    public required IReadOnlyList<ImageFile> Files { get; init; }

    /// <summary>What the checkpoint was called; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    /// <summary>How long the container stood still; null where the checkpoint was ended before it was known, and in those of 0.1.0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PauseMicroseconds { get; init; }

    /// <summary>The text that it was read from, which a signature is over; empty for one that was not read. Only <see cref="ManifestReader"/> sets
    /// it.</summary>
    [JsonIgnore]
    internal byte[] Text { get; init; } = [];

    /// <summary>Reads the manifest of a checkpoint.</summary>
    /// <exception cref="RefusedException">The directory is no checkpoint, or one of a newer version.</exception>
    public static CheckpointManifest Read(string imagesDirectory) => ManifestReader.Read(imagesDirectory);

    /// <summary>The manifest as it is written.</summary>
    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, OrchestratorJson.Default.CheckpointManifest);
}
