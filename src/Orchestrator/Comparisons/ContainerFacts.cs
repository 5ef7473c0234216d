using System.Globalization;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Terminals;

namespace LxcNative.Orchestrator.Comparisons;

/// <summary>What a container's description says, of a checkpoint or of what runs.</summary>
internal static class ContainerFacts
{
    /// <summary>Adds it.</summary>
    public static void AddTo(Facts facts, Container container)
    {
        AddTasks(facts, container.Processes, 0);
        foreach (var mount in container.Mounts)
            facts.Add(Area.Mounts, mount.Entry.MountPoint, Describe(mount.Entry));
        foreach (var one in container.Namespaces.Where(one => one.Kind != NamespaceKind.Time))
            facts.Add(Area.Namespaces, one.Kind.ToString(), one.SharedWithHost ? "the host's" : "its own");
        foreach (var nic in container.Nics)
            facts.Add(Area.Devices, nic.Name, Describe(nic));
        foreach (var cgroup in container.Cgroups)
            facts.Add(Area.Cgroups, NameOf(cgroup), cgroup.Path);
    }

    /// <summary>What a hierarchy of cgroups is called.</summary>
    public static string NameOf(ContainerCgroup cgroup) => cgroup.IsUnified ? "unified" : string.Join(',', cgroup.Controllers.Order(StringComparer.Ordinal));

    private static void AddTasks(Facts facts, ContainerProcess root, int parent)
    {
        var waiting = new Stack<(ContainerProcess, int)>([(root, parent)]);
        while (waiting.TryPop(out var next))
        {
            var (process, above) = next;
            facts.Add(Area.Tasks, process.PidInside.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{process.Name}, {process.Threads.Count} threads, child of {above}"));
            foreach (var child in process.Children)
                waiting.Push((child, process.PidInside));
        }
    }

    private static string Describe(MountEntry mount)
    {
        var propagation = (mount.SharedGroup, mount.MasterGroup) switch
        {
            (not null, not null) => "shared and slave",
            (not null, null) => "shared",
            (null, not null) => "slave",
            _ => mount.Unbindable ? "unbindable" : "private",
        };
        // Which number a terminal has says nothing of it.
        var root = HostTerminal.IndexOf(mount) is null ? mount.Root : "terminal";
        return $"{mount.FileSystemType} {root}, {mount.Options}, {mount.SuperOptions}, {propagation}";
    }

    private static string Describe(ContainerNic nic)
    {
        var host = nic.Host is { } end ? $", host end {end.Name} {end.Address}{(end.Bridge is { } bridge ? $" on {bridge}" : "")}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{nic.Kind ?? "no kind"}, {nic.Address}, mtu {nic.Mtu}, {(nic.IsUp ? "up" : "down")}{(nic.Below is { } below ? $", on {below}" : "")}{host}");
    }
}
