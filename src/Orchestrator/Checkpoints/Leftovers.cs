using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Clears away what a container leaves on the host when it is gone.</summary>
/// <remarks>Its own monitor does most of it, a moment after init's death, and the kernel removes the veth pair with the network namespace.
/// This waits for both, and removes what nobody else did.</remarks>
internal static class Leftovers
{
    // The monitor runs the administrator's scripts, which take their time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), MonitorPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until the container's cgroups, host links and monitor are gone; returns what could not be cleared.</summary>
    public static IReadOnlyList<string> Clear(Container container)
    {
        var deadline = Deadline.After(Patience);
        var monitorDeadline = Deadline.After(MonitorPatience);
        using var host = RouteSocket.Open();
        while (!deadline.IsOver || (container.Monitor is { HasEnded: false } && !monitorDeadline.IsOver))
        {
            if (Links(container, host).Count == 0 && !MonitorRuns(container) && Cgroups(container).Count == 0)
                return [];
            // Without a monitor nobody else will remove the cgroups.
            if (!MonitorRuns(container))
                RemoveCgroups(container);
            Thread.Sleep(Interval);
        }

        RemoveLinks(container, host);
        RemoveCgroups(container);
        var left = Cgroups(container).Select(path => $"cgroup {path} is still there: processes that were not part of the container keep it");
        return MonitorRuns(container)
            ? [.. left, "the container's monitor has not ended: what its lxc.hook.post-stop does now may meet a container that is restored meanwhile"]
            : [.. left];
    }

    /// <summary>Removes the host's ends of a container that is gone, while its network is still locked.</summary>
    /// <remarks>Its sockets end before its network namespace does, which lasts as long as anybody holds it. A segment that arrived in between, unlocked, would
    /// be answered with a reset, and the client's connection be lost to the restore.</remarks>
    public static void CutOff(Container container)
    {
        using var host = RouteSocket.Open();
        RemoveLinks(container, host);
    }

    private static void RemoveLinks(Container container, RouteSocket host)
    {
        foreach (var link in Links(container, host))
            host.Links.DeleteIfThere(link);
    }

    private static List<int> Links(Container container, RouteSocket host) =>
        IsNetworkOfOthers(container) ? [] : [.. container.Nics.Where(nic => nic.Host is not null)
            .Where(nic => host.Links.TryGet(nic.Host!.Index, out var link) && link.Name == nic.Host.Name).Select(nic => nic.Host!.Index)];

    // It goes on without the container, and so do its devices.
    private static bool IsNetworkOfOthers(Container container) =>
        container.NetworkSharing is { } sharing
            && NetworkSharingDiscovery.IsStill(sharing, container.Namespaces.First(one => one.Kind == NamespaceKind.Net).Inode);

    private static List<string> Cgroups(Container container) =>
        [.. container.Cgroups.Where(cgroup => cgroup.Path != "/" && Directory.Exists(cgroup.Directory)).Select(cgroup => cgroup.Directory!)];

    // Long after it has closed its socket it runs the administrator's scripts, which may unmount what a restore needs.
    private static bool MonitorRuns(Container container) => container.Monitor is { HasEnded: false } || HasMonitor(container);

    private static bool HasMonitor(Container container)
    {
        try
        {
            return LxcCommandSocket.State(container.LxcPath, container.Name) is not null || File.Exists(RestoredContainer.PathOf(container.Name));
        }
        catch (RefusedException)
        {
            // It does not answer, but it is there.
            return true;
        }
    }

    private static void RemoveCgroups(Container container)
    {
        foreach (var path in Cgroups(container))
        {
            try
            {
                new CgroupDirectory(path).RemoveTree();
            }
            catch (SyscallException e) when (e.Errno is Errno.EBUSY or Errno.ENOENT)
            {
                // Zombies still leave it, or another removed it first: looked at again.
            }
        }
    }
}
