using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Preparation.Hosts;

/// <summary>Decides which cgroup mounts are there, which are missing, and which cannot be: by the mount table and /proc/cgroups alone.</summary>
internal sealed class CgroupMountPlan(string at, IReadOnlyList<MountEntry> mounts, IReadOnlyList<(string Name, int Hierarchy)> controllers)
{
    /// <summary>All controllers in one hierarchy on the directory itself.</summary>
    public CgroupMount Legacy()
    {
        var there = mounts.Any(entry => entry is { FileSystemType: "cgroup", Root: "/" } && controllers.Count > 0
            && controllers.All(one => entry.HasSuperOption(one.Name)));
        return new CgroupMount($"all {controllers.Count} controllers in one hierarchy on {at}", at, there)
        {
            Source = "c",
            Obstacle = controllers.Count == 0
                ? "this kernel has no version 1 controllers"
                : Bound(controllers.Where(one => one.Hierarchy != 0).Select(one => one.Name)),
        };
    }

    /// <summary>A hierarchy for each controller; those that are mounted together stay together.</summary>
    public IReadOnlyList<CgroupMount> V1() => controllers.Count == 0
        ? throw new RefusedException("this kernel has no version 1 controllers: only the version 2 layout is possible")
        : [.. controllers.Where(one => !IsUnified(one.Name)).Select(V1).Concat(controllers.Where(one => IsUnified(one.Name)).Select(InUse))];

    /// <summary>The version 2 hierarchy.</summary>
    public CgroupMount V2(string point)
    {
        var existing = mounts.FirstOrDefault(entry => entry is { FileSystemType: "cgroup2", Root: "/" });
        return new CgroupMount($"the version 2 hierarchy on {point}", point,
            mounts.Any(entry => entry.FileSystemType == "cgroup2" && entry.MountPoint == point))
        {
            Type = "cgroup2",
            Source = "cgroup2",
            BindFrom = existing?.MountPoint,
            Obstacle = mounts.FirstOrDefault(entry => entry.FileSystemType == "cgroup"
                && entry.MountPoint.StartsWith(point + "/", StringComparison.Ordinal)) is { } below
                ? $"it would hide {below.MountPoint} and what else is mounted below; the hybrid layout adds to what is there"
                : null,
        };
    }

    /// <summary>The controllers, or the name, of a version 1 hierarchy.</summary>
    public static string ControllersOf(MountEntry entry) =>
        string.Join(',', entry.SuperOptions.Split(',').Except(["rw", "ro", "xattr", "noprefix", "clone_children"])
            .Where(option => !option.StartsWith("release_agent=", StringComparison.Ordinal)));

    private CgroupMount V1((string Name, int Hierarchy) controller)
    {
        var point = Path.Combine(at, controller.Name);
        var mounted = mounts.FirstOrDefault(entry => entry.FileSystemType == "cgroup" && entry.Root == "/" && entry.HasSuperOption(controller.Name));
        var what = mounted is null ? $"controller {controller.Name} on {point}" : $"controller {controller.Name} on {mounted.MountPoint}";
        return new CgroupMount(what, point, mounted is not null)
        {
            Data = controller.Name,
            Obstacle = mounted is null && controller.Hierarchy != 0 && controllers.Count(one => one.Hierarchy == controller.Hierarchy) > 1
                ? $"it is bound to a hierarchy together with {string.Join(", ", Neighbours(controller))}, which is mounted nowhere here"
                : null,
        };
    }

    private IEnumerable<string> Neighbours((string Name, int Hierarchy) controller) =>
        controllers.Where(one => one.Hierarchy == controller.Hierarchy && one.Name != controller.Name).Select(one => one.Name);

    private CgroupMount InUse((string Name, int Hierarchy) controller) =>
        new($"controller {controller.Name}", Path.Combine(at, controller.Name), false)
        {
            Obstacle = "the version 2 hierarchy has handed it to its cgroups (cgroup.subtree_control): take it from there first",
        };

    private bool IsUnified(string controller) =>
        mounts.Where(entry => entry is { FileSystemType: "cgroup2", Root: "/" }).Take(1)
            .Any(entry => ReadWords(Path.Combine(entry.MountPoint, "cgroup.subtree_control")).Contains(controller == "blkio" ? "io" : controller));

    private static string[] ReadWords(string path) =>
        File.Exists(path) ? File.ReadAllText(path).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [];

    private string? Bound(IEnumerable<string> names)
    {
        var bound = names.Select(name => (name,
            Point: mounts.FirstOrDefault(entry => entry.FileSystemType == "cgroup" && entry.HasSuperOption(name))?.MountPoint)).ToList();
        return bound.Count == 0
            ? null
            : $"a controller can be in one hierarchy only, and these are bound elsewhere: "
            + $"{string.Join(", ", bound.Select(one => one.Point is null ? one.name : $"{one.name} ({one.Point})"))}. Unmount those first, or choose the "
            + "layout of version 1";
    }
}
