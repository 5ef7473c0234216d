using LxcNative.Native.Mounts;

namespace LxcNative.Native.Cgroups;

/// <summary>The cgroup hierarchies that a mount table shows, and where in them a process's cgroups are directories.</summary>
public sealed class CgroupHierarchies
{
    private readonly List<MountEntry> _mounts;

    private CgroupHierarchies(List<MountEntry> mounts) => _mounts = mounts;

    /// <summary>The mounts of cgroup file systems, in mount order.</summary>
    public IReadOnlyList<MountEntry> Mounts => _mounts;

    /// <summary>Which hierarchies are mounted.</summary>
    public CgroupLayout Layout => (_mounts.Any(IsLegacy), _mounts.Any(IsUnified)) switch
    {
        (false, false) => CgroupLayout.None,
        (true, false) => CgroupLayout.Legacy,
        (true, true) => CgroupLayout.Hybrid,
        (false, true) => CgroupLayout.Unified,
    };

    /// <summary>Takes the cgroup mounts out of a mount table.</summary>
    public static CgroupHierarchies FromMountInfo(IEnumerable<MountEntry> mounts) =>
        new([.. mounts.Where(mount => IsLegacy(mount) || IsUnified(mount))]);

    /// <summary>Takes the cgroup mounts that the calling thread sees.</summary>
    /// <exception cref="Errors.SyscallException">The mount table cannot be read.</exception>
    /// <exception cref="Errors.MalformedProcFileException">The kernel's text is not understood.</exception>
    public static CgroupHierarchies ReadSelf() => FromMountInfo(MountInfo.ReadSelf());

    /// <summary>The absolute directory of a cgroup; null where its hierarchy is not mounted, or only a part of it that lies elsewhere.</summary>
    /// <remarks>The whole hierarchy is preferred to a bind of a part, and what was mounted later to what it may cover.</remarks>
    public string? Directory(CgroupEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _mounts
            .Where(mount => IsOf(mount, entry) && IsBelow(entry.Path, mount.Root))
            .Reverse()
            .OrderBy(mount => mount.Root.Length)
            .Select(mount => Join(mount.MountPoint, mount.Root == "/" ? entry.Path : entry.Path[mount.Root.Length..]))
            .FirstOrDefault();
    }

    private static bool IsLegacy(MountEntry mount) => mount.FileSystemType == "cgroup";

    private static bool IsUnified(MountEntry mount) => mount.FileSystemType == "cgroup2";

    private static bool IsOf(MountEntry mount, CgroupEntry entry) =>
        entry.IsUnified ? IsUnified(mount)
        : IsLegacy(mount) && (entry.Name is { } name ? mount.SuperOptionValue("name") == name : entry.Controllers.All(mount.HasSuperOption));

    private static bool IsBelow(string path, string root) =>
        root == "/" || (path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/'));

    private static string Join(string mountPoint, string relative) =>
        relative is "" or "/" ? mountPoint : (mountPoint == "/" ? "" : mountPoint) + relative;
}
