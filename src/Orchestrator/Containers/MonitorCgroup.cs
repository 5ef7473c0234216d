using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Engines.Lxc;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The cgroup that LXC gives a container's monitor: apart from the session that started it, whose end would end the container too.</summary>
internal static class MonitorCgroup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>The monitor's cgroups, where init's parent is in cgroups of that kind; else none.</summary>
    /// <param name="parent">Init's parent.</param>
    /// <param name="own">This process's mount table.</param>
    public static IReadOnlyList<ContainerCgroup> Of(int parent, IReadOnlyList<MountEntry> own)
    {
        if (parent <= 1 || ProcessGlance.Stat(parent) is null)
            return [];
        return [.. CgroupDiscovery.OfProcess(parent, own).Where(cgroup => cgroup.Directory is not null && LxcCgroup.IsMonitors(cgroup.Path))];
    }

    /// <summary>Puts the calling process into the cgroups, making those that are not there.</summary>
    public static void Enter(IReadOnlyList<ContainerCgroup> cgroups)
    {
        foreach (var cgroup in cgroups.Where(one => LxcCgroup.IsMonitors(one.Path)))
            Join(cgroup.Directory!, cgroup.IsUnified);
    }

    /// <summary>Leaves the cgroups for the one where LXC puts monitors that end, and removes them.</summary>
    public static void Leave(IReadOnlyList<ContainerCgroup> cgroups)
    {
        foreach (var cgroup in cgroups.Where(one => LxcCgroup.IsMonitors(one.Path)))
            Leave(cgroup);
    }

    // A criu that has been killed is in it until its end.
    private static void Leave(ContainerCgroup cgroup)
    {
        for (var deadline = Deadline.After(Patience); ; Thread.Sleep(Pause))
        {
            // Not in one that may have to go with the container: the highest there is.
            Join(Path.Combine(cgroup.Above().FirstOrDefault() ?? Path.GetDirectoryName(cgroup.Directory)!, LxcCgroup.Pivot), cgroup.IsUnified);
            try
            {
                new Native.Cgroups.CgroupDirectory(cgroup.Directory!).RemoveTree();
                return;
            }
            catch (SyscallException e) when (e.Errno == Errno.EBUSY && !deadline.IsOver)
            {
            }
        }
    }

    private static void Join(string directory, bool isUnified)
    {
        NewCgroup.Make(directory, isUnified);
        File.WriteAllText(Path.Combine(directory, "cgroup.procs"), "0");
    }
}
