using LxcNative.Native.Errors;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Files.Raw;

/// <summary>A directory with all that is in it, whatever its names are: System.IO knows only those that are text.</summary>
internal static class RawTree
{
    /// <summary>Removes all that is in a directory: links are removed, not followed, and no mount is crossed.</summary>
    /// <param name="root">The directory; stays the caller's.</param>
    /// <exception cref="SyscallException">Something could not be removed: EXDEV for a mount point.</exception>
    public static void Empty(FileDescriptor root)
    {
        var buffer = new byte[32 * 1024];
        var directories = new List<byte[]> { Array.Empty<byte>() };
        for (var i = 0; i < directories.Count; i++)
        {
            var path = directories[i];
            using var directory = RawOpen.Below(root, path, OpenFlags.ReadOnly | OpenFlags.Directory);
            foreach (var name in RawNames.Read(directory, path, buffer))
            {
                var child = RawPath.Join(path, name);
                if (RawStatus.Read(directory, name).Status.IsDirectory)
                    directories.Add(child);
                else
                    RawFile.Remove(directory, name, child);
            }
        }

        for (var i = directories.Count - 1; i > 0; i--)
        {
            var path = directories[i];
            var slash = path.AsSpan().LastIndexOf((byte)'/');
            using var parent = RawOpen.Below(root, path.AsSpan(0, Math.Max(0, slash)), OpenFlags.Path | OpenFlags.Directory);
            RawFile.RemoveDirectory(parent, path.AsSpan(slash + 1), path);
        }
    }
}
