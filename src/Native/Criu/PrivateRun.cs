using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;

namespace LxcNative.Native.Criu;

/// <summary>A /run for the calling thread alone: a tmpfs that shows everything of the host's, and takes new files.</summary>
internal static class PrivateRun
{
    /// <summary>Where it is.</summary>
    public const string Path = "/run";

    /// <summary>Makes it. The thread must have a mount namespace of its own, in which neither /run nor what it is mounted on is shared.</summary>
    /// <param name="without">Files whose name begins so are not shown.</param>
    /// <param name="shared">A directory in it that is made where it is missing: what is made there later is the host's too.</param>
    /// <exception cref="SyscallException">A mount failed.</exception>
    public static void Make(string without, string? shared)
    {
        if (shared is not null)
            Directory.CreateDirectory(shared);
        var entries = DirectoryListing.Read(Path).Where(entry => !entry.Name.StartsWith(without, StringComparison.Ordinal)).ToList();
        var links = entries.Where(entry => entry.Type == FileType.SymbolicLink).Select(entry => (entry.Name, Target: SymbolicLink.Read($"{Path}/{entry.Name}")))
            .ToList();
        var clones = new List<(string Name, FileDescriptor Mount)>();
        try
        {
            foreach (var entry in entries.Where(entry => entry.Type != FileType.SymbolicLink))
                if (TryClone($"{Path}/{entry.Name}") is { } clone)
                    clones.Add((entry.Name, clone));
            Mount.MountFileSystem("tmpfs", "tmpfs", Path, MountFlags.NoSuid | MountFlags.NoDev, "mode=755");
            foreach (var (name, target) in links)
                File.CreateSymbolicLink($"{Path}/{name}", target);
            foreach (var (name, mount) in clones)
            {
                var place = $"{Path}/{name}";
                if (FileStatus.Read(mount).IsDirectory)
                    Directory.CreateDirectory(place);
                else
                    File.WriteAllBytes(place, []);
                DetachedMount.Attach(mount, place);
            }
        }
        finally
        {
            clones.ForEach(clone => clone.Mount.Dispose());
        }
    }

    // Files of /run come and go.
    private static FileDescriptor? TryClone(string path)
    {
        try
        {
            return DetachedMount.Clone(path, recursive: true);
        }
        catch (SyscallException gone) when (gone.Errno == Errno.ENOENT)
        {
            return null;
        }
    }
}
