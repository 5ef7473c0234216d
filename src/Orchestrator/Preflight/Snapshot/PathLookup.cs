using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Tells what the path of an open file names now, each path once.</summary>
internal sealed class PathLookup(int init, ulong initMountNamespace)
{
    private readonly Dictionary<int, ServedMounts> _served = [];
    private IReadOnlyList<MountEntry>? _host;
    private readonly Dictionary<(ulong MountNamespace, string Path), (bool Exists, DeviceNumber Device, ulong Inode)> _found = [];

    /// <summary>Looks up the path where the process that has the file would; what is unknown is in the hands of a server of the container's own.</summary>
    public PathState StateOf(ObservedFile file)
    {
        var key = (file.Process.Namespaces.Mount, file.Target);
        if (!_found.TryGetValue(key, out var named))
        {
            // Paths are shown from the root of the mount namespace, where a chrooted process's own root is not.
            var from = key.Mount == initMountNamespace ? init : file.Process.Pid;
            // A name that the kernel marks as deleted may be there all the same: the file may really be called so.
            if (!TryLook(from, file.Target, out var exists, out var details))
                return PathState.Unknown;
            named = (exists, details.Status.Device, details.Status.Inode);
            // What a path under /proc/self or a terminal names depends on who asks.
            if (!file.Target.StartsWith("/proc/", StringComparison.Ordinal))
                _found[key] = named;
        }

        if (!named.Exists)
            return PathState.Missing;
        return named.Inode == file.Inode && named.Device == file.Device ? PathState.Same : PathState.Other;
    }

    private bool TryLook(int from, string path, out bool exists, out FileDetails details)
    {
        var served = ServedFor(from);
        if (served is null or { IsEmpty: true })
        {
            exists = ProcReader.TryStat($"/proc/{from}/root{path}", out details);
            return true;
        }

        (exists, details) = (false, default);
        if (served.Holds(path))
            return false;
        try
        {
            // A link on the way could lead there.
            using var root = FileOpen.Open($"/proc/{from}/root", OpenFlags.Path | OpenFlags.Directory);
            using var place = FileOpen.OpenAt2(root, path.TrimStart('/') is { Length: > 0 } rest ? rest : ".", OpenFlags.Path | OpenFlags.NoFollow,
                ResolveFlags.InRoot | ResolveFlags.NoSymbolicLinks | ResolveFlags.NoMagicLinks);
            exists = ProcReader.TryStat($"/proc/self/fd/{place.Number}", out details);
            return true;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            return true;
        }
        catch (SyscallException)
        {
            return false;
        }
    }

    // A process sees the mounts below its own root, by their paths from there. Null: it has ended, and there is nothing to be looked up.
    private ServedMounts? ServedFor(int from)
    {
        if (_served.TryGetValue(from, out var known))
            return known;
        try
        {
            return _served[from] = ServedMounts.Of(MountInfo.Read(from), () => _host ??= MountInfo.ReadSelf());
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.EINVAL)
        {
            return null;
        }
    }
}
