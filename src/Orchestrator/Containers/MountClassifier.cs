using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Tells which mounts of a container are its own, which come from the host, and which criu cannot handle.</summary>
/// <remarks>Whether two paths show the same file is asked of <c>sameFile</c>, so that a mount that hides another on the host is not taken
/// for it; everything else is decided by the two mountinfo tables alone.</remarks>
internal sealed class MountClassifier(IReadOnlyList<MountEntry> host, Func<string, string, bool> sameFile)
{
    // Kinds that criu 4 mounts anew when the whole file system is mounted (criu/filesystems.c as of 4.2, by behaviour).
    private static readonly HashSet<string> MountedAnew = new(StringComparer.Ordinal)
    {
        "proc", "sysfs", "devtmpfs", "binfmt_misc", "tmpfs", "devpts", "securityfs", "fusectl", "debugfs", "cgroup", "cgroup2",
        "overlay", "pstore", "mqueue", "tracefs", "autofs", "hugetlbfs",
    };

    // Kinds of which the kernel has one superblock for everybody: seeing the host's does not make the mount the host's, but following it does.
    private static readonly HashSet<string> OnePerKernel = new(StringComparer.Ordinal)
    {
        "sysfs", "securityfs", "debugfs", "cgroup", "cgroup2", "tracefs", "pstore", "fusectl",
    };

    /// <summary>Classifies every mount of the container's table.</summary>
    public IReadOnlyList<ContainerMount> Classify(IReadOnlyList<MountEntry> container)
    {
        var root = container.FirstOrDefault(entry => entry.MountPoint == "/");
        return [.. container.Select(entry => Classify(entry, root, container))];
    }

    /// <summary>The path on the host that shows the same as <paramref name="entry"/> does, or null.</summary>
    public string? HostPathOf(MountEntry entry)
    {
        foreach (var candidate in host.Where(one => SameSuperblock(one, entry) && IsBelow(entry.Root, one.Root)).OrderByDescending(one => one.Root.Length))
        {
            var rest = candidate.Root == "/" ? entry.Root : entry.Root[candidate.Root.Length..];
            var path = candidate.MountPoint == "/" ? rest : candidate.MountPoint + (rest == "/" ? "" : rest);
            if (path.Length == 0)
                path = "/";
            if (sameFile(path, entry.MountPoint))
                return path;
        }

        return null;
    }

    private ContainerMount Classify(MountEntry entry, MountEntry? root, IReadOnlyList<MountEntry> container)
    {
        if (ReferenceEquals(entry, root))
            return new ContainerMount(entry, ContainerMountKind.Root);
        if (OnePerKernel.Contains(entry.FileSystemType) && entry.Root == "/")
        {
            return FollowsHost(entry) && HostPathOf(entry) is { } source
                ? new ContainerMount(entry, ContainerMountKind.External, source)
                : new ContainerMount(entry, ContainerMountKind.Internal);
        }

        // A bind inside the root file system, or of a file system that the container mounted whole, needs nothing of the host.
        if (root is not null && SameSuperblock(entry, root) && IsBelow(entry.Root, root.Root) && entry.Root != root.Root)
            return new ContainerMount(entry, ContainerMountKind.Internal);
        if (entry.FileSystemType is "cgroup" or "cgroup2")
            return new ContainerMount(entry, ContainerMountKind.Internal);
        if (HostPathOf(entry) is { } path)
            return new ContainerMount(entry, ContainerMountKind.External, path);
        var whole = entry.Root == "/" ? entry : container.FirstOrDefault(one => SameSuperblock(one, entry) && one.Root == "/");
        if (whole is null)
            return Unsupported(entry, $"it shows only {entry.Root} of a {entry.FileSystemType} that is mounted neither in the container nor on the host");
        if (MountedAnew.Contains(entry.FileSystemType))
            return new ContainerMount(entry, ContainerMountKind.Internal);
        return Unsupported(entry, $"criu cannot mount a {entry.FileSystemType} anew, and the host does not show the same one");
    }

    /// <summary>Whether a mount is a bind of the host's that receives what is mounted there, as every bind is where the host's "/" is shared.</summary>
    private bool FollowsHost(MountEntry entry) => entry.FileSystemType is not ("cgroup" or "cgroup2") && entry.MasterGroup is { } master &&
        host.Any(one => one.SharedGroup == master && SameSuperblock(one, entry) && one.Root == entry.Root);

    private static ContainerMount Unsupported(MountEntry entry, string reason) => new(entry, ContainerMountKind.Unsupported, null, reason);

    private static bool SameSuperblock(MountEntry one, MountEntry other) => one.Major == other.Major && one.Minor == other.Minor;

    private static bool IsBelow(string path, string parent) =>
        parent == "/" || path == parent || (path.StartsWith(parent, StringComparison.Ordinal) && path[parent.Length] == '/');
}
