using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Restores.Rehearsals;

namespace LxcNative.Orchestrator.Parts.Mounts;

/// <summary>Overlays that show directories as they are, and keep what is changed in memory that goes away with the mount namespace.</summary>
/// <param name="place">A directory on a tmpfs, for their upper layers and mount points; nothing in its path that an option of overlay would take for its
/// own.</param>
internal sealed class ThrowAwayOverlays(string place)
{
    // What a kernel and overlay have between them when the exclusive use of an upper layer is enforced: the container runs on it.
    private static readonly string[] s_ownOptions = ["lowerdir", "lowerdir+", "datadir+", "upperdir", "workdir", "index", "nfs_export", "rw", "ro", "uuid",
        "verity"];

    private readonly Dictionary<int, string> _covered = [];
    private int _count;

    /// <summary>Whether a directory or file is of a file system that holds files: not one that the kernel or a program makes up.</summary>
    public static bool CanCover(string path) =>
        StatFs.Read(path).Type is FileSystemMagic.Ext4 or FileSystemMagic.Btrfs or FileSystemMagic.Xfs or FileSystemMagic.Nfs or FileSystemMagic.Tmpfs
            or FileSystemMagic.Overlay;

    /// <summary>Covers the mount that a directory or file is on, once: criu gives mounts of one peer group of the host their sharing back from one another, for
    /// which they have to be of one file system.</summary>
    /// <returns>The place that shows it.</returns>
    /// <inheritdoc cref="Cover(string, string)" path="/exception" />
    public string Cover(string path)
    {
        var (mount, inside) = Widest(path);
        if (!_covered.TryGetValue(mount.Id, out var point))
        {
            var own = NextPlace();
            // Its path may hold what an option of overlay would take for its own.
            var below = Make(own, "below");
            point = _covered[mount.Id] = Make(own, "point");
            Mount.Bind(mount.MountPoint, below);
            Cover(below, point);
        }

        return inside.Length == 0 ? point : $"{point}/{inside}";
    }

    /// <summary>Covers a mount.</summary>
    /// <param name="below">Its mount point, whose path is as plain as <c>place</c>.</param>
    /// <param name="point">The mount point of the overlay.</param>
    /// <exception cref="RehearsalImpossibleException">It is of a file system that overlay does not take.</exception>
    public void Cover(string below, string point) =>
        Lay($"lowerdir={below}", point, FileStatus.Read(below), receives: MountInfo.ReadSelf()
            .LastOrDefault(entry => entry.MountPoint == below) is { MasterGroup: not null } or { SharedGroup: not null });

    // The mount of the path; or another of its peer group that shows more of the same file system, since binds of the host join the group of what they show.
    private static (MountEntry Mount, string Inside) Widest(string path)
    {
        var all = MountInfo.ReadSelf();
        var longest = all.Where(entry => PathScope.Holds(entry.MountPoint, path)).Max(entry => entry.MountPoint.Length);
        var own = all.Last(entry => PathScope.Holds(entry.MountPoint, path) && entry.MountPoint.Length == longest);
        var inFileSystem = Join(own.Root, path[(own.MountPoint == "/" ? 0 : own.MountPoint.Length)..]);
        var status = FileStatus.Read(path);
        foreach (var entry in all.Where(one => own.MasterGroup is not null && one.MasterGroup == own.MasterGroup && one.Root.Length < own.Root.Length)
            .OrderBy(one => one.Root.Length))
            if (PathScope.Holds(entry.Root, inFileSystem) && Join(entry.MountPoint, inFileSystem[(entry.Root == "/" ? 0 : entry.Root.Length)..]) is var there
                && FileStatus.TryRead(there, out var other) && other.Inode == status.Inode && other.Device == status.Device)
                return (entry, there[(entry.MountPoint == "/" ? 0 : entry.MountPoint.Length)..].Trim('/'));
        return (own, path[(own.MountPoint == "/" ? 0 : own.MountPoint.Length)..].Trim('/'));
    }

    private static string Join(string directory, string rest) => "/" + $"{directory}/{rest}".Trim('/').Replace("//", "/", StringComparison.Ordinal);

    /// <summary>Shows what an overlay shows that is in use: its upper layer is one more lower one.</summary>
    /// <param name="options">Its options, as mountinfo shows them.</param>
    /// <param name="point">The mount point.</param>
    /// <inheritdoc cref="Cover(string, string)" path="/exception" />
    public void Stack(string options, string point)
    {
        var all = options.Split(',')
            .Select(option => (Name: option.Split('=')[0],
            Value: option.Contains('=', StringComparison.Ordinal) ? option[(option.IndexOf('=', StringComparison.Ordinal) + 1)..] : null)).ToList();
        var top = all.FirstOrDefault(one => one.Name == "upperdir").Value
            ?? throw new RehearsalImpossibleException("the overlay that its root is has no upper layer");
        var layers = new[] { top.Replace(":", "\\:", StringComparison.Ordinal) }
            .Concat(all.Where(one => one is { Name: "lowerdir" or "lowerdir+", Value: not null }).Select(one => one.Value!));
        var rest = all.Where(one => !s_ownOptions.Contains(one.Name)).Select(one => one.Value is null ? one.Name : $"{one.Name}={one.Value}");
        Lay(string.Join(',', rest.Append($"lowerdir={string.Join(':', layers)}").Append("index=off")), point, FileStatus.Read(top), receives: true);
    }

    private void Lay(string options, string point, FileStatus like, bool receives)
    {
        var own = NextPlace();
        var (upper, work) = (Make(own, "upper"), Make(own, "work"));
        // The upper layer's root is what the root of the overlay looks like.
        using (var layers = FileOpen.DirectoryPlace(own))
        {
            RawStatus.SetOwner(layers, "upper"u8, like.UserId, like.GroupId, "upper"u8);
            RawStatus.SetMode(layers, "upper"u8, like.Permissions, "upper"u8);
        }

        var first = receives ? Make(own, "first") : point;
        try
        {
            Mount.MountFileSystem("overlay", "lxcnative", first, MountFlags.None, $"{options},upperdir={upper},workdir={work}");
        }
        catch (SyscallException e) when (e.Errno is Errno.EINVAL or Errno.ENODEV or Errno.ELOOP or Errno.EBUSY)
        {
            throw new RehearsalImpossibleException($"nothing can be laid over it that keeps changes away from it: {e.Message}", e);
        }

        if (!receives)
            return;
        // criu gives a mount back that received from the host only when its source is in such a group (RootMount).
        Mount.SetPropagation(first, Propagation.Shared);
        Mount.Bind(first, point);
        Mount.SetPropagation(point, Propagation.Slave);
    }

    private string NextPlace() => Path.Combine(place, (++_count).ToString(CultureInfo.InvariantCulture));

    private static string Make(string own, string name)
    {
        PrivateDirectory.CreatePassage(own);
        var path = Path.Combine(own, name);
        PrivateDirectory.Create(path);
        return path;
    }
}
