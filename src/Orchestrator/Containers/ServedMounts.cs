using LxcNative.Native.Files;
using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The FUSE mounts of a mount namespace that the host has not: a program of the container's answers for what is in them, or does not, and whoever
/// follows a path into one waits for it.</summary>
internal sealed class ServedMounts
{
    private readonly List<string> _points;

    private ServedMounts(IEnumerable<string> points) => _points = [.. points];

    /// <summary>Whether there is none, as almost everywhere.</summary>
    public bool IsEmpty => _points.Count == 0;

    /// <summary>Those of a mount table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="host">The host's; asked for only where it matters.</param>
    public static ServedMounts Of(IEnumerable<MountEntry> table, Func<IReadOnlyList<MountEntry>> host)
    {
        var fuse = table.Where(IsFuse).ToList();
        if (fuse.Count == 0)
            return new ServedMounts([]);
        var known = host().Select(entry => (entry.Major, entry.Minor)).ToHashSet();
        return new ServedMounts(fuse.Where(entry => !known.Contains((entry.Major, entry.Minor))).Select(entry => entry.MountPoint));
    }

    /// <summary>Those of a process's mount namespace.</summary>
    /// <exception cref="Native.Errors.SyscallException">There is no such process.</exception>
    public static ServedMounts Of(int pid) => Of(MountInfo.Read(pid), MountInfo.ReadSelf);

    /// <summary>Whether a mount is of FUSE.</summary>
    public static bool IsFuse(MountEntry entry) =>
        entry.FileSystemType is "fuse" or "fuseblk" || entry.FileSystemType.StartsWith("fuse.", StringComparison.Ordinal);

    /// <summary>Whether a path without links is one of them, or leads into one.</summary>
    public bool Holds(string path) => _points.Exists(point => PathScope.Holds(point, path));
}
