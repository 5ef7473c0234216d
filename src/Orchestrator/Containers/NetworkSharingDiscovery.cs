using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Finds who else has a container's network namespace (<c>lxc.namespace.share.net</c>).</summary>
internal static class NetworkSharingDiscovery
{
    /// <summary>Who has; null where nobody does, or where it is the host's.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="namespaces">Its namespaces.</param>
    /// <param name="members">The processes of its tree.</param>
    /// <param name="own">This process's mount table.</param>
    public static NetworkSharing? Discover(int init, IReadOnlyList<ContainerNamespace> namespaces, IReadOnlySet<int> members, IReadOnlyList<MountEntry> own)
    {
        if (namespaces.FirstOrDefault(one => one.Kind == NamespaceKind.Net) is not { SharedWithHost: false, Inode: var network })
            return null;
        var pids = namespaces.FirstOrDefault(one => one.Kind == NamespaceKind.Pid)?.Inode ?? 0;
        var start = ProcessGlance.Stat(init)?.StartTimeTicks ?? 0;
        var users = new List<int>();
        var starters = Ancestors(init);
        users.AddRange(ProcessIds.Read().Where(pid => !members.Contains(pid) && !starters.Contains(pid) && IsIn(pid, network) && IsUser(pid, pids, start)));
        var place = own.LastOrDefault(mount => mount.FileSystemType == "nsfs" && mount.Root == $"net:[{network}]")?.MountPoint;
        return users.Count == 0 && place is null ? null : new NetworkSharing(users, place);
    }

    /// <summary>Whether it still is shared.</summary>
    /// <param name="sharing">As it was found.</param>
    /// <param name="network">The inode of the namespace.</param>
    public static bool IsStill(NetworkSharing sharing, ulong network) =>
        sharing.Processes.Any(pid => IsIn(pid, network))
            || (sharing.MountPoint is not null && MountInfo.ReadSelf().Any(mount => mount.FileSystemType == "nsfs" && mount.Root == $"net:[{network}]"));

    // Who made the namespace for the container, and waits for its end, has nothing in it (unshare).
    private static HashSet<int> Ancestors(int init)
    {
        var found = new HashSet<int>();
        for (var pid = ProcessGlance.Stat(init)?.ParentPid ?? 0; pid > 1 && found.Add(pid); pid = ProcessGlance.Stat(pid)?.ParentPid ?? 0)
        {
        }

        return found;
    }

    private static bool IsIn(int pid, ulong network) => Inode(pid, NamespaceKind.Net) == network;

    // Who entered the container from the host (lxc-attach, nsenter, a sniffer) is its guest, and nothing of it is theirs; who was there before it has it from
    // somebody else.
    private static bool IsUser(int pid, ulong pids, ulong start)
    {
        var other = Inode(pid, NamespaceKind.Pid);
        if (other == 0 || other == pids)
            return false;
        return other != NamespaceId.Read(Environment.ProcessId, NamespaceKind.Pid).Inode
            || (ProcessGlance.Stat(pid) is { } stat && stat.StartTimeTicks < start);
    }

    private static ulong Inode(int pid, NamespaceKind kind)
    {
        try
        {
            return NamespaceId.Read(pid, kind).Inode;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.EACCES or Errno.EPERM)
        {
            // It ended, or is nobody's that could be looked into: a kernel thread is in the host's.
            return 0;
        }
    }
}
