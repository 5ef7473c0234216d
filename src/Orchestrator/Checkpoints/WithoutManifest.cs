using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What a directory is that has no manifest, in words: a person has often named the one above it.</summary>
internal static class WithoutManifest
{
    private const int Depth = 2, Most = 3, MostEntries = 10_000;

    /// <summary>Describes it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Describe(string directory)
    {
        if (!Directory.Exists(directory))
            return File.Exists(directory)
                ? $"{directory} is a file, and no directory of a checkpoint: one that was exported has to be imported first"
                : $"there is no directory {directory}";
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
            return $"{directory} is empty: there is no checkpoint in it";
        if (File.Exists(Path.Combine(directory, "inventory.img")))
            return $"{directory} holds criu images but no {CheckpointManifest.FileName}: it was made by another tool, or the checkpoint was not completed";
        var below = Below(directory, Depth).Take(MostEntries).Where(HasManifest).Take(Most + 1).ToList();
        return $"{directory} holds no checkpoint: there is no {CheckpointManifest.FileName} in it" + below.Count switch
        {
            0 => "",
            <= Most => $". Below it there {(below.Count == 1 ? "is" : "are")} {string.Join(", ", below)}: name {(below.Count == 1 ? "that" : "one of them")}",
            _ => $". Below it there are {string.Join(", ", below.Take(Most))} and others: name one of them",
        };
    }

    private static bool HasManifest(string directory) =>
        FileStatus.TryRead(Path.Combine(directory, CheckpointManifest.FileName), out var status, followLinks: false) && status.Type == FileType.Regular;

    private static IEnumerable<string> Below(string directory, int depth)
    {
        foreach (var path in Directories(directory))
        {
            yield return path;
            if (depth > 1)
                foreach (var below in Below(path, depth - 1))
                    yield return below;
        }
    }

    private static IEnumerable<string> Directories(string directory)
    {
        try
        {
            return [.. DirectoryListing.Read(directory).Select(entry => Path.Combine(directory, entry.Name))
                .Where(path => FileStatus.TryRead(path, out var status, followLinks: false) && status.IsDirectory).Order(StringComparer.Ordinal)];
        }
        catch (SyscallException)
        {
            // It is gone, or nobody may look there.
            return [];
        }
    }
}
