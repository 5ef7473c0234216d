using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Collects what a <see cref="Container"/> says, from /proc, the cgroup file systems and rtnetlink.</summary>
internal static class ContainerDiscovery
{
    /// <summary>Discovers the container whose init is <paramref name="init"/>.</summary>
    /// <param name="init">The init, as the host sees it.</param>
    /// <param name="known">The LXC path and name where they are known already.</param>
    public static Container Discover(int init, (string LxcPath, string Name)? known)
    {
        try
        {
            return Collect(init, known);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH && !Directory.Exists($"/proc/{init}"))
        {
            throw new ContainerException($"the container's init {init} ended while it was looked at", e);
        }
    }

    private static Container Collect(int init, (string LxcPath, string Name)? known)
    {
        var stat = ProcStat.Read(init);
        var tree = Describe(ProcessTree.Read(init));
        var own = MountInfo.ReadSelf();
        var cgroups = Cgroups(init, own);
        var strangers = Task.Run(() => Strangers(tree, cgroups));
        var namespaces = Namespaces(init);
        var identity = known ?? RunningContainers.ByInit(init)
            ?? (LxcPath.Default(), cgroups.Select(one => ContainerName.FromCgroupPath(one.Path)).FirstOrDefault(one => one is not null) ?? $"pid-{init}");
        var entries = MountInfo.Read(init);
        var classifier = new MountClassifier(own, (host, inside) => SameFile(host, $"/proc/{init}/root{inside}"));
        return new Container
        {
            Name = identity.Name,
            LxcPath = identity.LxcPath,
            InitPid = init,
            InitStartTime = stat.StartTimeTicks,
            Processes = tree,
            Namespaces = namespaces,
            Mounts = classifier.Classify(entries),
            Root = Root(entries, classifier),
            Nics = Within(init, namespaces, NicDiscovery.Discover) ?? [],
            Sockets = Within(init, namespaces, SocketDiscovery.Discover),
            Cgroups = cgroups,
            MonitorCgroups = MonitorCgroup.Of(stat.ParentPid),
            // Last: what is before it is done while this is waited for.
            Strangers = strangers.GetAwaiter().GetResult(),
        };
    }

    private static ContainerProcess Describe(ProcessNode node) =>
        new(node.Pid, node.PidInNamespace, node.Comm, node.State, [.. node.Threads], [.. node.Children.Select(Describe)])
        {
            Session = node.Session,
            TerminalDevice = node.TtyDevice,
        };

    /// <summary>The cgroups of a process, one per hierarchy.</summary>
    internal static List<ContainerCgroup> Cgroups(int init) => Cgroups(init, MountInfo.ReadSelf());

    private static List<ContainerCgroup> Cgroups(int init, IReadOnlyList<MountEntry> own)
    {
        var hierarchies = CgroupHierarchies.FromMountInfo(own);
        return [.. CgroupMembership.Read(init).Entries.Select(entry => new ContainerCgroup(ControllersOf(entry), entry.Path, hierarchies.Directory(entry)))];
    }

    // A named hierarchy has no controllers; criu and the kernel's mount option call it name=NAME.
    private static IReadOnlyList<string> ControllersOf(CgroupEntry entry) => entry.Name is null ? entry.Controllers : [$"name={entry.Name}"];

    private static List<ContainerNamespace> Namespaces(int init)
    {
        var found = new List<ContainerNamespace>();
        foreach (var kind in NamespaceKind.All)
        {
            // A kernel without time or cgroup namespaces has no such file.
            if (!File.Exists($"/proc/{init}/ns/{kind.FileName}"))
                continue;
            var id = NamespaceId.Read(init, kind);
            found.Add(new ContainerNamespace(kind, id.Inode, id == NamespaceId.Read(Environment.ProcessId, kind)));
        }

        return found;
    }

    private static List<int> Strangers(ContainerProcess tree, List<ContainerCgroup> cgroups)
    {
        var members = tree.SelfAndDescendants().Select(process => process.Pid).ToHashSet();
        var strangers = new SortedSet<int>();
        // A container that was put into no cgroup of its own shares the root's: what is there says nothing.
        foreach (var cgroup in cgroups.Where(one => one.Directory is not null && one.Path != "/"))
            strangers.UnionWith(new CgroupDirectory(cgroup.Directory!).Processes().Where(pid => pid > 0 && !members.Contains(pid)));
        // Forked since the tree was read: children of members are the tree's own.
        strangers.RemoveWhere(pid => BelongsTo(pid, members));
        return [.. strangers];
    }

    private static bool BelongsTo(int pid, HashSet<int> members)
    {
        try
        {
            for (var current = pid; current > 1; current = ProcStat.Read(current).ParentPid)
                if (members.Contains(current))
                    return true;
            return false;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            // It ended: nobody can miss it.
            return true;
        }
    }

    private static RootFileSystem Root(IReadOnlyList<MountEntry> entries, MountClassifier classifier)
    {
        var root = entries.FirstOrDefault(entry => entry.MountPoint == "/")
            ?? throw new ContainerException("the container's mount table has no root: its init was chrooted after its mounts were made, which criu refuses");
        return new RootFileSystem(classifier.HostPathOf(root), root.FileSystemType, root.Source, root.SuperOptions, root.Root,
            root.Options.Split(',').Contains("ro"));
    }

    // What is in the host's network is not the container's.
    private static T? Within<T>(int init, List<ContainerNamespace> namespaces, Func<FileDescriptor, T> discover)
        where T : class
    {
        if (namespaces.Any(one => one is { Kind: NamespaceKind.Net, SharedWithHost: true }))
            return null;
        using var network = Namespace.Open(init, NamespaceKind.Net);
        return discover(network);
    }

    private static bool SameFile(string host, string inside) =>
        FileStatus.TryRead(host, out var one) && FileStatus.TryRead(inside, out var other) && one.Device == other.Device && one.Inode == other.Inode;
}
