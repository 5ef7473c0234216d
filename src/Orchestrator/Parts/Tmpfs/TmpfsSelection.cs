using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Mounts;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>Which tmpfs of a container can be captured natively: decided by its mounts alone.</summary>
internal static class TmpfsSelection
{
    /// <summary>The file systems with every place where they are mounted whole, and why others are left to criu.</summary>
    /// <param name="container">The container.</param>
    /// <param name="nested">The mount tables of processes that are in mount namespaces of their own.</param>
    public static (IReadOnlyList<TmpfsMount> Chosen, IReadOnlyList<(string MountPoint, string Why)> Left) Choose(Container container,
        IReadOnlyList<IReadOnlyList<MountEntry>> nested)
    {
        var chosen = new List<TmpfsMount>();
        var left = new List<(string, string)>();
        var own = container.Mounts.Where(mount => mount.Kind == ContainerMountKind.Internal && mount.Entry is { FileSystemType: "tmpfs", Root: "/" });
        foreach (var group in own.GroupBy(mount => (mount.Entry.Major, mount.Entry.Minor)))
        {
            var first = group.First().Entry;
            if (Obstacle(container, nested, [.. group.Select(mount => mount.Entry)]) is { } why)
                left.Add((first.MountPoint, why));
            else
                chosen.Add(new TmpfsMount(
                    $"lxcnative-tmpfs-{first.Id}", $"lxcnative-tmpfs-{first.Id}.img", first.Source, first.SuperOptions,
                    [.. group.Select(mount => new MountPlace(mount.Entry.MountPoint, mount.Entry.Options))]));
        }

        return (chosen, left);
    }

    private static string? Obstacle(Container container, IReadOnlyList<IReadOnlyList<MountEntry>> nested, IReadOnlyList<MountEntry> places)
    {
        if (container.HasUserNamespace)
            return "it belongs to a user namespace";
        if (TmpfsMountOptions.Unknown(places[0].SuperOptions) is { } option)
            return $"its option {option} is not known";
        if (places.FirstOrDefault(place => place.MountPoint.AsSpan().ContainsAny("[]:")) is { } bracket)
            return $"{bracket.MountPoint} has [, ] or : in its path, which criu's options cannot carry";
        // criu knows an external mount by its mount point, in whatever namespace that is.
        foreach (var place in places)
            if (nested.SelectMany(table => table)
                .Any(entry => entry.MountPoint == place.MountPoint && (entry.Major, entry.Minor, entry.Root) != (place.Major, place.Minor, place.Root)))
                return $"a process has something else mounted on {place.MountPoint}";
        return places.FirstOrDefault(place => container.Mounts.Count(mount => mount.Entry.MountPoint == place.MountPoint) > 1) is { } covered
            ? $"more than one file system is mounted on {covered.MountPoint}"
            : null;
    }
}
