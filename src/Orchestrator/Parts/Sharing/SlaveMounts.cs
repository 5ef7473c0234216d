using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Parts.Sharing;

/// <summary>Mounts in namespaces inside of the container that receive from one group, each showing something else of it: systemd has one for each service
/// with a namespace of its own
/// (/run/systemd/propagate/UNIT). criu cannot put them into the group; they come back in none, and are put there when the container runs.</summary>
internal sealed class SlaveMounts(MendedImages images)
{
    private readonly List<(MountImageEntry Mount, string Source)> _apart = [];

    /// <summary>Mends the images.</summary>
    public void TakeApart()
    {
        var all = MountImage.Files(images.Directory).SelectMany(MountImage.Read).ToList();
        var groups = SlavesApart.Groups(all);
        if (groups.Count == 0)
            return;
        images.RewriteMounts((image, file) =>
        {
            var mended = SlavesApart.Apart(image, file, groups, out var apart);
            _apart.AddRange(apart.Select(mount => (mount, SourceOf(mount, all))));
            return apart.Count > 0 ? mended : null;
        });
    }

    /// <summary>Puts them into their groups.</summary>
    /// <param name="init">The container's init.</param>
    /// <returns>What could not be done, in words.</returns>
    public IReadOnlyList<string> GiveBack(int init)
    {
        var troubles = new List<string>();
        if (_apart.Count == 0)
            return troubles;
        try
        {
            using var home = Namespace.Open(init, NamespaceKind.Mount);
            var seen = new HashSet<NamespaceId> { NamespaceId.Read(init, NamespaceKind.Mount) };
            foreach (var pid in ProcessTree.Read(init).SelfAndDescendants().Select(process => process.Pid))
                if (Try(() => (NamespaceId?)NamespaceId.Read(pid, NamespaceKind.Mount)) is { } inside && seen.Add(inside)
                    && Try(() => MountInfo.Read(pid)) is { } table)
                    foreach (var (mount, source) in _apart.Where(one => IsApart(table, one.Mount)))
                        Join(home, source, pid, mount.MountPoint);
        }
        catch (LinuxException e)
        {
            troubles.Add($"what is mounted in the container later does not reach every service that is running (systemctl bind): {e.Message}");
        }

        return troubles;
    }

    private static bool IsApart(IReadOnlyList<MountEntry> table, MountImageEntry mount) =>
        table.LastOrDefault(entry => entry.MountPoint == mount.MountPoint) is { SharedGroup: null, MasterGroup: null } there && there.Root == mount.Root;

    private static void Join(Native.Handles.FileDescriptor home, string source, int pid, string mountPoint)
    {
        using var from = NamespaceThread.Run(() => DetachedMount.Clone(source), home);
        using var inside = Namespace.Open(pid, NamespaceKind.Mount);
        NamespaceThread.Run(
            () =>
            {
                using var to = DetachedMount.Open(mountPoint);
                DetachedMount.JoinGroup(to, from);
                DetachedMount.SetAttributes(to, MountAttributes.None, propagation: Propagation.Slave);
            },
            inside);
    }

    // Where the init sees what the mount shows.
    private static string SourceOf(MountImageEntry mount, List<MountImageEntry> all)
    {
        var master = all.First(other => other.SharedId == mount.MasterId);
        return $"{master.MountPoint.TrimEnd('/')}/{mount.Root[master.Root.TrimEnd('/').Length..].TrimStart('/')}";
    }

    private static T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.EINVAL)
        {
            // It has ended.
            return default;
        }
    }
}
