using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>The files of the container that are open and have no name any more: criu makes them again under one of its own, and removes it.</summary>
internal static class GhostFiles
{
    private const string Image = "files.img";

    /// <summary>Clears away what a criu that died has left of them, and sees to it that this one leaves none.</summary>
    /// <param name="imagesDirectory">Where the images are.</param>
    /// <param name="root">The container's root on the host.</param>
    /// <exception cref="MalformedImageException">The images are not what criu writes.</exception>
    public static Step Clear(string imagesDirectory, string root)
    {
        var undo = new GhostFilesUndo(root, [.. Names(Path.Combine(imagesDirectory, Image)).Where(name => !File.Exists(root + name))]);
        return new Step("names of unlinked files", undo.Run) { Undo = [undo] };
    }

    private static IEnumerable<string> Names(string image) => !File.Exists(image)
        ? []
        : FilesImage.Read(image).Regular.Where(file => !file.IsExternal).Select(file => Rooted(file.Name)).Distinct(StringComparer.Ordinal);

    private static string Rooted(string name) => name.StartsWith('/') ? name : $"/{name}";
}
