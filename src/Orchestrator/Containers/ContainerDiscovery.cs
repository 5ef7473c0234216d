using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Collects what a <see cref="Container"/> says, from /proc, the cgroup file systems and rtnetlink.</summary>
internal static class ContainerDiscovery
{
    /// <summary>Discovers the container whose init is <paramref name="init"/>.</summary>
    /// <param name="init">The init, as the host sees it.</param>
    /// <param name="known">The LXC path and name where they are known already.</param>
    /// <param name="withSockets">Whether its sockets are listed.</param>
    public static Container Discover(int init, (string LxcPath, string Name)? known, bool withSockets)
    {
        try
        {
            return LookLimit.Run($"the container of init {init}", () => Collect(init, known, withSockets));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH && !Directory.Exists($"/proc/{init}"))
        {
            throw new RefusedException($"the container's init {init} ended while it was looked at", e);
        }
    }

    private static Container Collect(int init, (string LxcPath, string Name)? known, bool withSockets)
    {
        var stat = ProcStat.Read(init);
        var tree = Describe(ProcessTree.Read(init), 1);
        var own = MountInfo.ReadSelf();
        var namespaces = Namespaces(init);
        var cgroups = CgroupDiscovery.OfContainer(init, namespaces, own);
        var members = tree.SelfAndDescendants().Select(process => process.Pid).ToHashSet();
        var strangers = Task.Run(() => Strangers(members, cgroups));
        var sharing = Task.Run(() => NetworkSharingDiscovery.Discover(init, namespaces, members, own));
        var identity = known ?? RunningContainers.ByInit(init, stat.ParentPid)
            ?? (LxcPath.Default(), cgroups.Select(one => LxcCgroup.NameIn(one.Path)).FirstOrDefault(one => one is not null) ?? $"pid-{init}");
        var entries = MountInfo.Read(init);
        var served = ServedMounts.Of(entries, () => own);
        var classifier = new MountClassifier(own, (host, inside) => !served.Holds(inside) && SameFile(host, $"/proc/{init}/root{inside}"));
        return new Container
        {
            Name = identity.Name,
            LxcPath = identity.LxcPath,
            InitPid = init,
            InitStartTime = stat.StartTimeTicks,
            Processes = tree,
            Namespaces = namespaces,
            Mounts = classifier.Classify(entries),
            Root = Root(entries, classifier, init),
            Nics = Within(init, namespaces, NicDiscovery.Discover) ?? [],
            Sockets = withSockets ? Within(init, namespaces, SocketDiscovery.Discover) : null,
            Cgroups = cgroups,
            Monitor = MonitorProcess.Of(stat.ParentPid),
            MonitorCgroups = MonitorCgroup.Of(stat.ParentPid, own),
            // Last: what is before them is done while these are waited for.
            NetworkSharing = sharing.GetAwaiter().GetResult(),
            Strangers = strangers.GetAwaiter().GetResult(),
        };
    }

    // The container makes the tree as deep as it likes.
    private static ContainerProcess Describe(ProcessNode node, int depth) => depth > ContainerProcess.DeepestTree
        ? throw new RefusedException($"the container's processes are more than {ContainerProcess.DeepestTree} deep, each started by the one before: end some")
        : new(node.Pid, node.PidInNamespace, node.Comm, node.State, [.. node.Threads], [.. node.Children.Select(child => Describe(child, depth + 1))])
        {
            Session = node.Session,
            TerminalDevice = node.TtyDevice,
        };

    private static List<ContainerNamespace> Namespaces(int init)
    {
        var found = new List<ContainerNamespace>();
        foreach (var kind in NamespaceKind.All)
        {
            // A kernel without time or cgroup namespaces has no such file.
            if (!File.Exists($"/proc/{init}/ns/{kind.FileName}"))
                continue;
            var id = NamespaceId.Read(init, kind);
            found.Add(new ContainerNamespace(kind, id.Inode, id == NamespaceId.ReadSelf(kind)));
        }

        return found;
    }

    private static List<int> Strangers(HashSet<int> members, List<ContainerCgroup> cgroups)
    {
        var strangers = new SortedSet<int>();
        // A container that was put into no cgroup of its own shares the root's: what is there says nothing.
        foreach (var cgroup in cgroups.Where(one => one.Directory is not null && one.Path != "/"))
            strangers.UnionWith(new CgroupDirectory(cgroup.Directory!).Processes().Where(pid => pid > 0 && !members.Contains(pid)));
        // Forked since the tree was read: children of members are the tree's own.
        strangers.RemoveWhere(pid => Descent.IsFrom(pid, members));
        return [.. strangers];
    }

    private static RootFileSystem Root(IReadOnlyList<MountEntry> entries, MountClassifier classifier, int init)
    {
        var root = entries.FirstOrDefault(entry => entry.MountPoint == "/")
            ?? throw new RefusedException("the container's mount table has no root: its init was chrooted after its mounts were made, which criu refuses");
        return new RootFileSystem(classifier.HostPathOf(root), root.FileSystemType, root.Source, root.SuperOptions, root.Root,
            root.Options.Split(',').Contains("ro"))
        {
            Inode = root.FileSystemType != "overlay" && FileStatus.TryRead($"/proc/{init}/root/", out var status) ? status.Inode : 0,
        };
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
