using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Steps.Undoing;

/// <summary>Removes a directory below /run/lxcnative with the mount points in it. Their mounts, if this process sees them, are taken away first; what is in
/// them is never touched.</summary>
/// <param name="Path">The directory.</param>
internal sealed record PlaceUndo(string Path) : Undo
{
    /// <inheritdoc />
    public override string What => $"the mount points in {Path}";

    /// <inheritdoc />
    public override void Run()
    {
        // A journal is a file: it decides nothing outside of our own directory.
        if (!Path.StartsWith(RunDirectory.Path + "/", StringComparison.Ordinal) || Path.Contains("/../", StringComparison.Ordinal) || !Directory.Exists(Path))
            return;
        foreach (var mount in MountInfo.ReadSelf().Reverse()
            .Where(entry => PathScope.Holds(Path, entry.MountPoint)))
            Unmount(mount.MountPoint);
        // What would be removed else could be the host's.
        if (MountInfo.ReadSelf()
            .FirstOrDefault(entry => PathScope.Holds(Path, entry.MountPoint)) is { } left)
            throw new IOException($"{left.MountPoint} is still mounted");
        RemoveEmpty(Path);
    }

    private static void Unmount(string point)
    {
        try
        {
            Mount.Unmount(point, UnmountFlags.Detach);
        }
        catch (SyscallException e) when (e.Errno is Errno.EINVAL or Errno.ENOENT)
        {
            // It went with one that it was on.
        }
    }

    private static void RemoveEmpty(string directory)
    {
        foreach (var below in Directory.EnumerateDirectories(directory))
            RemoveEmpty(below);
        foreach (var file in Directory.EnumerateFiles(directory))
            File.Delete(file);
        Directory.Delete(directory);
    }
}
