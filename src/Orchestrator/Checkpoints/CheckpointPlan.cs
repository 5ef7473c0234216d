using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What criu is told of a container: derived from the container and the options alone, nothing is read or changed.</summary>
internal sealed record CheckpointPlan
{
    /// <summary>The mounts that come from the host, with the keys that the images will have for them.</summary>
    public required IReadOnlyList<ExternalMount> ExternalMounts { get; init; }

    /// <summary>criu's external resources: the mounts and what the user named.</summary>
    public required IReadOnlyList<string> Externals { get; init; }

    /// <summary>The container's cgroup of each hierarchy, which criu takes for the root of what it dumps.</summary>
    public required IReadOnlyList<(string? Controllers, string Path)> CgroupRoots { get; init; }

    /// <summary>File systems that criu mounts anew only when it is told to.</summary>
    public required IReadOnlyList<string> EnabledFileSystems { get; init; }

    /// <summary>Plans the checkpoint of <paramref name="container"/>; <paramref name="captured"/> are criu's externals for what is saved natively.</summary>
    public static CheckpointPlan For(Container container, CheckpointOptions options, params IEnumerable<string> captured)
    {
        var mounts = container.Mounts.Where(mount => mount.Kind == ContainerMountKind.External)
            .Select(mount => new ExternalMount(KeyOf(mount), mount.Entry.MountPoint, mount.HostPath!, mount.Entry.Options)).ToList();
        return new CheckpointPlan
        {
            ExternalMounts = mounts,
            Externals = [.. mounts.Select(mount => $"mnt[{mount.MountPoint}]:{mount.Key}"), .. container.Nics.Where(IsMacvlan).Select(nic => $"macvlan[{nic.Name}]"), .. captured, .. options.External],
            CgroupRoots = RootsOf(container.Cgroups),
            EnabledFileSystems = [.. container.Mounts.Select(mount => mount.Entry.FileSystemType).Where(type => type is "hugetlbfs" or "tracefs").Distinct()],
        };
    }

    /// <summary>criu's cgroup roots for these cgroups; a hierarchy whose only cgroup is the root needs none.</summary>
    public static IReadOnlyList<(string? Controllers, string Path)> RootsOf(IReadOnlyList<ContainerCgroup> cgroups) =>
        [.. cgroups.Where(cgroup => cgroup.Path != "/" && cgroup.Directory is not null)
            .Select(cgroup => (cgroup.IsUnified ? null : string.Join(',', cgroup.Controllers), cgroup.Path))];

    // The mount point may hold any byte; criu parses its option at brackets and colons, so the key is a number.
    private static string KeyOf(ContainerMount mount) => $"lxcnative-mnt-{mount.Entry.Id}";

    private static bool IsMacvlan(ContainerNic nic) => nic.Kind == "macvlan";
}
