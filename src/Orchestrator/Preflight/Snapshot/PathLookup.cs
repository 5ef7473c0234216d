using LxcNative.Native.Files;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Tells what the path of an open file names now, each path once.</summary>
internal sealed class PathLookup(int init, ulong initMountNamespace)
{
    private readonly Dictionary<(ulong MountNamespace, string Path), (bool Exists, DeviceNumber Device, ulong Inode)> _found = [];

    /// <summary>Looks up the path where the process that has the file would.</summary>
    public PathState StateOf(ObservedFile file)
    {
        var key = (file.Process.Namespaces.Mount, file.Target);
        if (!_found.TryGetValue(key, out var named))
        {
            // Paths are shown from the root of the mount namespace, where a chrooted process's own root is not.
            var from = key.Mount == initMountNamespace ? init : file.Process.Pid;
            // A name that the kernel marks as deleted may be there all the same: the file may really be called so.
            var exists = ProcReader.TryStat($"/proc/{from}/root{file.Target}", out var details);
            named = (exists, details.Status.Device, details.Status.Inode);
            // What a path under /proc/self or a terminal names depends on who asks.
            if (!file.Target.StartsWith("/proc/", StringComparison.Ordinal))
                _found[key] = named;
        }

        if (!named.Exists)
            return PathState.Missing;
        return named.Inode == file.Inode && named.Device == file.Device ? PathState.Same : PathState.Other;
    }
}
