using LxcNative.Native.Criu;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Makes the manifest: all but the list of files while the container runs, the rest when the images are complete.</summary>
internal static class ManifestWriter
{
    private const string OwnPrefix = "lxcnative-";
    private const string CriuSuffix = ".img";

    /// <summary>The manifest without its files.</summary>
    public static CheckpointManifest Prepare(
        Container container, CheckpointOptions options, PartSavings parts, CriuInstallation installation, string lockMethod) =>
        new()
        {
            Version = CheckpointManifest.CurrentVersion,
            Created = DateTimeOffset.UtcNow,
            Kernel = KernelRelease.Read(),
            Criu = installation.CriuVersion.ToString(),
            Container = container,
            Options = new ManifestOptions(
                options.TcpEstablished, options.TcpClose, options.FileLocks, options.ShellJob, options.EvasiveDevices, options.ManageCgroups,
                lockMethod, options.External),
            Parts = parts.States,
            Label = options.Label,
            Files = [],
        };

    /// <summary>Writes it, with the list of what is in the directory: from here on there is a checkpoint.</summary>
    public static void Write(CheckpointManifest manifest, ImageDirectory images) =>
        Write(manifest, images, Listed(images));

    /// <summary>Writes it again, with the hashes of the files that it lists.</summary>
    /// <returns>Its text.</returns>
    /// <exception cref="IOException">A file cannot be read, or the manifest not be written; the one before stays.</exception>
    public static byte[] AddHashes(CheckpointManifest manifest, ImageDirectory images) =>
        Write(manifest, images, images.Hash(Listed(images)));

    /// <summary>Writes it again, with the checksums of the files that it lists.</summary>
    /// <inheritdoc cref="AddHashes" path="/exception" />
    public static void AddChecksums(CheckpointManifest manifest, ImageDirectory images) => Write(manifest, images, images.Sum(Listed(images)));

    /// <summary>Whether a file of this name is an image, of criu or of ours.</summary>
    public static bool IsImage(string name) => name.EndsWith(CriuSuffix, StringComparison.Ordinal) || name.StartsWith(OwnPrefix, StringComparison.Ordinal);

    private static List<ImageFile> Listed(ImageDirectory images) => [.. images.Files().Where(file => IsImage(file.Name))];

    private static byte[] Write(CheckpointManifest manifest, ImageDirectory images, IReadOnlyList<ImageFile> files)
    {
        var text = (manifest with { Files = files }).ToJson();
        images.Write(CheckpointManifest.FileName, text);
        return text;
    }
}
