using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>Finds the files that are not as the images have them, as criu would: by size and mode.</summary>
internal static class ChangedFiles
{
    /// <summary>The image of open files.</summary>
    public const string Image = "files.img";

    /// <summary>All of them, each once.</summary>
    /// <param name="imagesDirectory">The images.</param>
    /// <param name="mounts">Where the root and what is bound into it is now.</param>
    /// <param name="cloned">What the container has of its own under another name; null where it gets the one that it had.</param>
    /// <exception cref="MalformedImageException">The images are not what criu writes.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public static IReadOnlyList<ChangedFile> Find(string imagesDirectory, MountsState mounts, Restores.Clones.Clone? cloned)
    {
        var path = Path.Combine(imagesDirectory, Image);
        if (!File.Exists(path))
            return [];
        // Its own overlay is empty when it begins.
        using var places = new FilePlaces(imagesDirectory, mounts.Root?.HostPath ?? (cloned is { IsOverlaid: true } ? cloned.Root : null), mounts.External);
        var made = RemappedFiles.Read(Path.Combine(imagesDirectory, "remap-fpath.img"));
        var changed = FilesImage.Read(path).Regular.Where(file => !file.IsExternal && !made.Contains(file.Id))
            .Select(file => (Then: file, IsKnown: places.TryLook(file, out var now), Now: now))
            .Where(file => file.IsKnown && (file.Now is not { } now || ChangedFile.Differs(file.Then, now))).ToList();
        if (changed.Count == 0)
            return [];
        var programs = ProgramFiles.Read(imagesDirectory);
        return [.. changed.Select(file => new ChangedFile(file.Then, file.Now, programs.Contains(file.Then.Id)))];
    }

    /// <summary>Has criu take those that it can be given as they are.</summary>
    /// <param name="images">The images that it is shown.</param>
    /// <param name="changed">What has changed.</param>
    public static void Accept(MendedImages images, IEnumerable<ChangedFile> changed)
    {
        var expected = changed.Where(file => file.IsAcceptable).ToDictionary(file => file.Then.Id, file => (file.Now!.Value.Size, file.Now.Value.Mode));
        images.Rewrite(Image, (image, file) => expected.Count > 0 ? ExpectedFiles.With(image, file, expected) : null);
    }
}
