using LxcNative.Native.Cgroups;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Engines.Lxc;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Finds the cgroups of a container, and of a process, with their directories on this host.</summary>
internal static class CgroupDiscovery
{
    private const string NamePrefix = "name=";

    /// <summary>The container's cgroups, one per hierarchy: the root of its cgroup namespace. Its init may be in one below, as systemd is.</summary>
    /// <param name="init">Its init, as the host sees it.</param>
    /// <param name="namespaces">The init's namespaces.</param>
    /// <param name="own">This process's mount table.</param>
    /// <remarks>A container without a cgroup namespace of its own has no root; LXC's name in the path tells where it begins.</remarks>
    public static List<ContainerCgroup> OfContainer(int init, IReadOnlyList<ContainerNamespace> namespaces, IReadOnlyList<MountEntry> own)
    {
        var hasRoot = namespaces.Any(one => one is { Kind: NamespaceKind.Cgroup, SharedWithHost: false });
        var membership = CgroupMembership.Read(init);
        return Locate(hasRoot ? BelowHost(CgroupNamespaceRoot.Read(init), membership) : Payload(membership), own);
    }

    /// <summary>The cgroups that a process is in, one per hierarchy.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="own">This process's mount table.</param>
    public static List<ContainerCgroup> OfProcess(int pid, IReadOnlyList<MountEntry> own) => Locate(CgroupMembership.Read(pid), own);

    /// <summary>Cgroups that somebody tells of, with the directories that they have on this host.</summary>
    /// <param name="cgroups">They; their directories are not looked at.</param>
    public static IReadOnlyList<ContainerCgroup> OnThisHost(IReadOnlyList<ContainerCgroup> cgroups)
    {
        var hierarchies = CgroupHierarchies.ReadSelf();
        return [.. cgroups.Select(cgroup => cgroup with { Directory = hierarchies.Directory(EntryOf(cgroup)) })];
    }

    private static List<ContainerCgroup> Locate(CgroupMembership membership, IReadOnlyList<MountEntry> own)
    {
        var hierarchies = CgroupHierarchies.FromMountInfo(own);
        return [.. membership.Entries.Select(entry => new ContainerCgroup(ControllersOf(entry), entry.Path, hierarchies.Directory(entry)))];
    }

    // A root that is the host's own says nothing: all of the host's cgroups are below it. What is left is where init is.
    private static CgroupMembership BelowHost(CgroupMembership roots, CgroupMembership init) =>
        new([.. roots.Entries.Zip(init.Entries, (root, place) => root.Path == "/" ? place : root)]);

    private static CgroupMembership Payload(CgroupMembership membership) =>
        new([.. membership.Entries.Select(entry => entry with { Path = LxcCgroup.PayloadOf(entry.Path) ?? entry.Path })]);

    private static CgroupEntry EntryOf(ContainerCgroup cgroup) => cgroup.IsUnified
        ? new CgroupEntry(0, [], null, cgroup.Path)
        : cgroup.Controllers is [{ } only] && only.StartsWith(NamePrefix, StringComparison.Ordinal)
            ? new CgroupEntry(1, [], only[NamePrefix.Length..], cgroup.Path)
            : new CgroupEntry(1, cgroup.Controllers, null, cgroup.Path);

    // A named hierarchy has no controllers; criu and the kernel's mount option call it name=NAME.
    private static IReadOnlyList<string> ControllersOf(CgroupEntry entry) => entry.Name is null ? entry.Controllers : [NamePrefix + entry.Name];
}
