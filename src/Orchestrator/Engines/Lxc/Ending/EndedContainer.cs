using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Engines.Lxc.Ending;

/// <summary>What goes from the host after a container's init has ended: its monitor, which runs the administrator's scripts first, its cgroups, and its
/// host's ends. Whoever starts or restores it before that meets them.</summary>
/// <param name="Monitor">Its monitor; null where it has none that ends.</param>
/// <param name="Cgroups">The directories of its cgroups.</param>
/// <param name="Links">Its host's ends.</param>
internal sealed record EndedContainer(ProcessIdentity? Monitor, IReadOnlyList<string> Cgroups, IReadOnlyList<(string Name, int Index)> Links)
{
    // The administrator's scripts take their time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), MonitorPatience = TimeSpan.FromSeconds(30), Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Looks what a running container will leave. No file of the container is looked at: nothing in it can hold this up.</summary>
    /// <param name="init">Its init, as the host sees it.</param>
    public static EndedContainer Of(int init)
    {
        try
        {
            var own = MountInfo.ReadSelf();
            var parent = ProcessGlance.Stat(init)?.ParentPid ?? 0;
            var cgroups = CgroupDiscovery.OfProcess(init, own).Where(one => LxcCgroup.NameIn(one.Path) is not null)
                .Concat(MonitorCgroup.Of(parent, own)).Select(one => LxcCgroup.UpToOwn(one.Path, one.Directory).LastOrDefault());
            return new EndedContainer(MonitorProcess.Of(parent), [.. cgroups.OfType<string>().Distinct(StringComparer.Ordinal)], HostEnds(init));
        }
        catch (Exception e) when (e is LinuxException or IOException)
        {
            // It is ending already: what cannot be seen is not waited for.
            return new EndedContainer(null, [], []);
        }
    }

    /// <summary>Waits until all of it is gone, half a minute at most.</summary>
    /// <returns>What is still there, in words.</returns>
    public IReadOnlyList<string> Await()
    {
        using var host = RouteSocket.Open();
        var (deadline, monitorDeadline) = (Deadline.After(Patience), Deadline.After(MonitorPatience));
        for (; ; Thread.Sleep(Interval))
        {
            var left = Left(host).ToList();
            if (left.Count == 0 || (deadline.IsOver && (Monitor is not { HasEnded: false } || monitorDeadline.IsOver)))
                return left;
        }
    }

    private IEnumerable<string> Left(RouteSocket host)
    {
        if (Monitor is { HasEnded: false } monitor)
            yield return $"its monitor, process {monitor.Pid}, which runs the scripts of its end";
        foreach (var directory in Cgroups.Where(Directory.Exists))
            yield return $"cgroup {directory}";
        foreach (var (name, index) in Links)
            if (host.Links.TryGet(index, out var link) && link.Name == name)
                yield return $"device {name}";
    }

    private static IReadOnlyList<(string Name, int Index)> HostEnds(int init)
    {
        if (NamespaceId.Read(init, NamespaceKind.Net) == NamespaceId.Read(Environment.ProcessId, NamespaceKind.Net))
            return [];
        using var network = Namespace.Open(init, NamespaceKind.Net);
        return [.. NicDiscovery.Discover(network).Select(nic => nic.Host).OfType<HostNic>().Select(end => (end.Name, end.Index))];
    }
}
