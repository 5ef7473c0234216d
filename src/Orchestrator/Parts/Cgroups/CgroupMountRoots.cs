using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Parts.Cgroups;

/// <summary>The mounts of a container that show less than its whole cgroup: systemd binds a unit's memory.pressure over itself where the unit may not write to
/// cgroups. criu keeps of each, where the container has a cgroup namespace, that it shows the whole (cgroup_parse), and could not make it again.</summary>
internal static class CgroupMountRoots
{
    private const string Whole = "/";

    /// <summary>What each shows, below the container's cgroup, by the id of the mount; of all mount namespaces of its processes.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="cgroups">Its cgroups.</param>
    public static IReadOnlyDictionary<uint, string> Read(int init, IReadOnlyList<ContainerCgroup> cgroups)
    {
        var (roots, seen) = (new Dictionary<uint, string>(), new HashSet<NamespaceId>());
        foreach (var pid in ProcessTree.Read(init).SelfAndDescendants().Select(process => process.Pid))
        {
            try
            {
                if (!seen.Add(NamespaceId.Read(pid, NamespaceKind.Mount)))
                    continue;
                foreach (var mount in MountInfo.Read(pid))
                    if (Below(mount, cgroups) is { } root)
                        roots[(uint)mount.Id] = root;
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.EINVAL)
            {
                // It has ended, and waits for its parent.
            }
        }

        return roots;
    }

    /// <summary>What a mount shows below the container's cgroup of its hierarchy; null where it shows all of it, something else, or no cgroup.</summary>
    public static string? Below(MountEntry mount, IReadOnlyList<ContainerCgroup> cgroups) =>
        cgroups.FirstOrDefault(cgroup => IsOf(mount, cgroup)) is { } own && own.Path != mount.Root && PathScope.Holds(own.Path, mount.Root)
            ? mount.Root[own.Path.TrimEnd('/').Length..] : null;

    /// <summary>The bytes of mountpoints-NS.img with that in it; null where nothing has to be changed.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="roots">What mounts show.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[]? Mend(ReadOnlySpan<byte> image, string file, IReadOnlyDictionary<uint, string> roots) =>
        MountImage.WithRoot(image, file, mount => Root(mount, roots));

    private static string? Root(MountImageEntry mount, IReadOnlyDictionary<uint, string> roots) =>
        mount is { FileSystem: MountImageFileSystem.Cgroup or MountImageFileSystem.Cgroup2, Root: Whole, ExternalKey: null }
            ? roots.GetValueOrDefault(mount.MountId) : null;

    private static bool IsOf(MountEntry mount, ContainerCgroup cgroup) => mount.FileSystemType switch
    {
        "cgroup2" => cgroup.IsUnified,
        "cgroup" => !cgroup.IsUnified && cgroup.Controllers.All(mount.SuperOptions.Split(',').Contains),
        _ => false,
    };
}
