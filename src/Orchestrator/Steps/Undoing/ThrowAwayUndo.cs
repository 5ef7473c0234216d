using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes a directory of images that nobody was to keep, with all that is in it: what was in the container's memory.</summary>
/// <param name="Path">The directory.</param>
internal sealed record ThrowAwayUndo(string Path) : Undo
{
    /// <summary>What its name begins with. Hidden, so that no checkpoint of the store is found in it.</summary>
    public const string Prefix = ".lxcnative-";

    /// <inheritdoc />
    public override string What => $"images in {Path}";

    /// <inheritdoc />
    public override void Run()
    {
        // A journal is a file: it decides nothing about other directories.
        if (System.IO.Path.GetFileName(Path).StartsWith(Prefix, StringComparison.Ordinal) && FileStatus.TryRead(Path, out var there, followLinks: false)
            && there.IsDirectory)
            Directory.Delete(Path, recursive: true);
    }
}
