using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Whether images are what the checkpoint wrote, and root's alone.</summary>
internal static class ImagesTrust
{
    /// <summary>Finds a directory that somebody else could have written, and files that are not those of the checkpoint.</summary>
    public static IEnumerable<Finding> Check(string directory, CheckpointManifest manifest)
    {
        if (TrustedPath.Trouble(directory) is { } reached)
            yield return ImageRules.NotUsable.Found(reached);
        foreach (var file in manifest.Files)
            if (Trouble(directory, file) is { } trouble)
                yield return ImageRules.NotUsable.Found(trouble);
        // criu looks for some images by their names alone: one that the checkpoint did not write would be believed.
        var listed = manifest.Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFileSystemEntries(directory)
            .Where(path => ManifestWriter.IsImage(Path.GetFileName(path)) && !listed.Contains(Path.GetFileName(path))).Order(StringComparer.Ordinal))
            yield return ImageRules.NotUsable.Found($"{path} is not of this checkpoint: the manifest does not list it. Remove it, or copy the directory again");
    }

    private static string? Trouble(string directory, ImageFile file)
    {
        if (file.Name is "" || file.Name.Contains('/', StringComparison.Ordinal))
            return $"the manifest names a file \"{file.Name}\" outside the images directory: it is damaged or forged";
        var path = Path.Combine(directory, file.Name);
        if (!FileStatus.TryRead(path, out var found, followLinks: false) || found.Type != FileType.Regular)
            return $"{path} is missing: the checkpoint is damaged";
        if (!TrustedPath.IsRootsAlone(found))
            return $"{path} can be written by others than root: images must be root's alone (chown root; chmod 600)";
        return (long)found.Size == file.Size
            ? null
            : $"{path} has {found.Size} bytes instead of {file.Size}: the checkpoint is damaged (was the disk full when it was copied?)";
    }
}
