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

    /// <summary>This library's own directory in it, which is the host's in both.</summary>
    public const string Own = Path + "/lxcnative";

    /// <summary>Makes it. Files whose name begins with <paramref name="without"/> are not shown. The thread must have a mount namespace of its own, in which neither /run nor what it is mounted on is shared.</summary>
    /// <exception cref="SyscallException">A mount failed.</exception>
    public static void Make(string without)
    {
        Directory.CreateDirectory(Own);
        var entries = DirectoryListing.Read(Path).Where(entry => !entry.Name.StartsWith(without, StringComparison.Ordinal)).ToList();
        var links = entries.Where(entry => entry.Type == FileType.SymbolicLink).Select(entry => (entry.Name, Target: SymbolicLink.Read($"{Path}/{entry.Name}"))).ToList();
        var clones = new List<(string Name, FileDescriptor Mount)>();
        try
        {
            foreach (var entry in entries.Where(entry => entry.Type != FileType.SymbolicLink))
                if (TryClone($"{Path}/{entry.Name}") is { } clone)
                    clones.Add((entry.Name, clone));
            Mount.MountFileSystem("tmpfs", "lxcnative", Path, MountFlags.NoSuid | MountFlags.NoDev, "mode=755");
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
