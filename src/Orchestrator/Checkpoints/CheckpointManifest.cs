using System.Text.Json;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What a checkpoint is, beside criu's own images: written last, so that a directory without it is no checkpoint.</summary>
public sealed record CheckpointManifest
{
    /// <summary>The name of its file in the images directory.</summary>
    public const string FileName = "lxcnative.json";

    /// <summary>The version of the layout that this library writes, and the newest that it reads.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The version of the layout.</summary>
    public required int Version { get; init; }

    /// <summary>When the images were complete.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The kernel's release.</summary>
    public required string Kernel { get; init; }

    /// <summary>The version of criu that wrote the images.</summary>
    public required string Criu { get; init; }

    /// <summary>The container as it was found.</summary>
    public required Container Container { get; init; }

    /// <summary>The host's files and directories that are bound into the container.</summary>
    public required IReadOnlyList<ExternalMount> ExternalMounts { get; init; }

    /// <summary>The settings of each host-side bridge port, by device name.</summary>
    public required IReadOnlyList<BridgePortRecord> BridgePorts { get; init; }

    /// <summary>The device rules of each version 1 devices cgroup, which criu does not bring back into an existing directory.</summary>
    public required IReadOnlyList<DeviceRules> Devices { get; init; }

    /// <summary>The device rules of version 2 cgroups.</summary>
    public IReadOnlyList<DevicePrograms> DevicePrograms { get; init; } = [];

    /// <summary>Who saved the network namespace.</summary>
    public required CaptureMode Network { get; init; }

    /// <summary>Whether criu was inside of the container's network namespace, so that its images do not speak of one: it has to be started
    /// inside of the rebuilt one, else the container would be in the host's. Since version 2.</summary>
    public bool CriuInNetwork { get; init; }

    /// <summary>The private tmpfs that were saved natively; criu has the others.</summary>
    public IReadOnlyList<TmpfsMount> Tmpfs { get; init; } = [];

    /// <summary>The options that a restore must repeat.</summary>
    public required ManifestOptions Options { get; init; }

    /// <summary>Every image file with its size in bytes.</summary>
    public required IReadOnlyList<ImageFile> Files { get; init; }

    /// <summary>Reads the manifest of a checkpoint.</summary>
    /// <exception cref="CheckpointRefusedException">The directory is no checkpoint, or one of a newer version.</exception>
    public static CheckpointManifest Read(string imagesDirectory)
    {
        var path = Path.Combine(imagesDirectory, FileName);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointRefusedException(Describe(imagesDirectory), e);
        }

        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, OrchestratorJson.Default.CheckpointManifest)
                ?? throw new CheckpointRefusedException($"{path} says nothing: the checkpoint is damaged");
            return manifest.Version is > 0 and <= CurrentVersion
                ? manifest
                : throw new CheckpointRefusedException($"{path} has version {manifest.Version}; this version of lxcnative reads up to {CurrentVersion}: use a newer one");
        }
        catch (JsonException e)
        {
            throw new CheckpointRefusedException($"{path} is damaged or not of lxcnative: {e.Message}", e);
        }
    }

    private static string Describe(string directory)
    {
        if (!Directory.Exists(directory))
            return $"there is no directory {directory}";
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
            return $"{directory} is empty: there is no checkpoint in it";
        return File.Exists(Path.Combine(directory, "inventory.img"))
            ? $"{directory} holds criu images but no {FileName}: it was made by another tool, or the checkpoint was not completed"
            : $"{directory} holds no checkpoint: there is no {FileName} in it";
    }

    /// <summary>The manifest as it is written.</summary>
    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, OrchestratorJson.Default.CheckpointManifest);
}
