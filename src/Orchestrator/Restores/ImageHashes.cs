using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Whether every byte of the images is the one that the checkpoint wrote.</summary>
internal static class ImageHashes
{
    /// <summary>Reads them all, and finds those that are not, by their SHA-256.</summary>
    /// <param name="directory">The images.</param>
    /// <param name="manifest">Their manifest.</param>
    /// <param name="required">Whether images without hashes are not to be used: the manifest is signed, and they are not.</param>
    public static IEnumerable<Finding> Check(string directory, CheckpointManifest manifest, bool required = false)
    {
        var missing = required ? ImageRules.NotUsable : ImageRules.NotHashed;
        var known = manifest.Files.Where(file => file.Sha256 is not null).ToList();
        if (known.Count < manifest.Files.Count)
            yield return missing.Found(
                $"the manifest of {directory} has no hash of {manifest.Files.Count - known.Count} of {manifest.Files.Count} files");
        if (known.Count == 0)
            yield break;
        if (!ImageHash.IsAvailable)
        {
            yield return missing.Found("this host has no libssl to compute them with");
            yield break;
        }

        foreach (var finding in Compare(directory, known, ImageHash.AddTo, file => file.Sha256))
            yield return finding;
    }

    /// <summary>Reads them all, and finds those that are not: by their checksums, which tell what was damaged by chance; by their hashes where there are no
    /// checksums.</summary>
    /// <inheritdoc cref="Check" />
    public static IEnumerable<Finding> CheckSums(string directory, CheckpointManifest manifest) => manifest.Files.All(file => file.Xxh128 is not null)
        ? Compare(directory, manifest.Files, ImageChecksum.AddTo, file => file.Xxh128)
        : Check(directory, manifest);

    private static IEnumerable<Finding> Compare(string directory, IReadOnlyList<ImageFile> known,
        Func<string, IReadOnlyList<ImageFile>, IReadOnlyList<ImageFile>> read, Func<ImageFile, string?> digest)
    {
        IReadOnlyList<ImageFile> found = [];
        Finding? unreadable = null;
        try
        {
            found = read(directory, known);
        }
        catch (Exception e) when (e is SyscallException or IOException or UnauthorizedAccessException)
        {
            unreadable = ImageRules.NotUsable.Found($"{directory} cannot be read: {e.Message}");
        }

        if (unreadable is not null)
            yield return unreadable;
        foreach (var (file, now) in known.Zip(found))
            if (!string.Equals(digest(file), digest(now), StringComparison.Ordinal))
                yield return ImageRules.NotUsable.Found(
                    $"{Path.Combine(directory, file.Name)} has the right size and other content than the checkpoint wrote: it is damaged");
    }
}
