using System.Text;
using System.Text.RegularExpressions;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes the names that criu gives for a moment to files without one, <c>NAME.cr.N.ghost</c> (criu/files-reg.c open_remap_ghost), where it died
/// before it took them away: the next restore would find them in its way.</summary>
/// <param name="Root">The container's root on the host.</param>
/// <param name="Names">The files as the container named them, and has them no more.</param>
internal sealed partial record GhostFilesUndo(string Root, IReadOnlyList<string> Names) : Undo
{
    /// <inheritdoc />
    public override string What => $"names of unlinked files in {Root}";

    /// <inheritdoc />
    public override void Run()
    {
        if (Names.Count == 0 || !Directory.Exists(Root))
            return;
        using var root = FileOpen.Open(Root, OpenFlags.Path | OpenFlags.Directory);
        foreach (var directory in Names.GroupBy(name => Path.GetDirectoryName(name) ?? "/", StringComparer.Ordinal))
            Remove(root, directory.Key, [.. directory.Select(Path.GetFileName)]);
    }

    // The root is the container's to write: a link in it leads nowhere else.
    private static void Remove(FileDescriptor root, string path, HashSet<string?> names)
    {
        try
        {
            using var directory = FileOpen.OpenAt2(root, $".{path}", OpenFlags.ReadOnly | OpenFlags.Directory,
                ResolveFlags.InRoot | ResolveFlags.NoMagicLinks | ResolveFlags.NoMountCrossing);
            foreach (var entry in DirectoryListing.Read(directory))
                if (Ghost().Match(entry.Name) is { Success: true } ghost && names.Contains(ghost.Groups[1].Value))
                    RawFile.Remove(directory, Encoding.UTF8.GetBytes(entry.Name), Encoding.UTF8.GetBytes(entry.Name));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP or Errno.EXDEV)
        {
            // On a mount of the container's own, which went with it.
        }
    }

    [GeneratedRegex(@"^(.+)\.cr\.[0-9a-f]{1,8}\.ghost$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Ghost();
}
