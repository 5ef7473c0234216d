using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts.Credentials;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Makes a <see cref="ContainerSnapshot"/> of a running container.</summary>
internal static class SnapshotCollector
{
    /// <summary>Collects; the container runs on, so what is seen is of slightly different moments.</summary>
    /// <exception cref="RefusedException">The container ended meanwhile.</exception>
    public static ContainerSnapshot Collect(Container container, CriuSearch search)
    {
        // The kernel takes some milliseconds of mere waiting for this file: all that change locks have to see that it is read.
        var locks = Task.Run(LockTable.Read);
        var processes = CollectProcesses(container);
        if (processes.Count == 0 || processes[0].Pid != container.InitPid || processes[0].HasEnded)
            throw new RefusedException($"the container's init {container.InitPid} ended while it was looked at");
        StuckProcesses.LookAgain(processes);
        var shared = Task.Run(() => SharingCollector.Collect(processes));
        FileLockCollector.Collect(processes, locks.GetAwaiter().GetResult());
        InotifyCollector.Collect(processes, container);
        EpollCollector.Collect(processes);
        TerminalCollector.Collect(processes);
        var networks = CollectNetworks(container, processes);
        var protocols = ProtocolNames(processes, networks);
        var own = MountInfo.ReadSelf();
        return new ContainerSnapshot
        {
            Container = container.Sockets is null && networks.FirstOrDefault(one => one.Inode == processes[0].Namespaces.Net)?.Reading is { } reading
                && !container.SharesHostNetwork
                ? container with { Sockets = SocketDiscovery.Describe(reading) } : container,
            Processes = processes,
            StartedSince = StartedSince(processes),
            MountTables = CollectMounts(container, processes),
            Networks = networks,
            Units = UnitObservation.Of(processes[0], container.Cgroups),
            NestedNamespaces = NamespaceComparison.Of(processes),
            ProtocolNames = protocols,
            SocketsOutside = SocketsOutside(processes, networks, protocols),
            Shared = shared.GetAwaiter().GetResult(),
            Contents = CollectContents(container),
            FrozenBy = CgroupObservation.FrozenBy(container.Cgroups),
            ProgramsLost = CgroupObservation.ProgramsLost(container.Cgroups),
            Confinement = ConfinementObservation.Of(container),
            RootGoes = RootObservation.WhyItGoes(container),
            Lock = LockOf(container),
            Host = new HostFacts(
                CurrentProcess.EffectiveCapabilities,
                Environment.ProcessId,
                own.Any(entry => entry is { MountPoint: "/dev", FileSystemType: "devtmpfs" }),
                processes.Any(process => process.IsBelow4GiB) && CriuBuild.HasCompat(search))
            {
                Mounts = own.Select(entry => entry.Id).ToHashSet(),
            },
        };
    }

    private static NetworkLockInfo? LockOf(Container container)
    {
        if (container.SharesHostNetwork)
            return null;
        try
        {
            using var network = Namespace.Open(container.InitPid, NamespaceKind.Net);
            return NetworkLock.Find(network);
        }
        catch (LinuxException)
        {
            // What cannot be seen is refused when the network is to be locked, still before the freeze.
            return null;
        }
    }

    private static List<ObservedProcess> CollectProcesses(Container container)
    {
        var tree = container.Processes.SelfAndDescendants().ToArray();
        var home = ProcReader.TryStat($"/proc/{container.InitPid}/ns/mnt", out var details) ? details.Status.Inode : 0;
        var observed = new ObservedProcess?[tree.Length];
        // Below some tens of processes a second thread costs more than it saves.
        if (tree.Length < 64)
        {
            var collector = new ProcessCollector(container.InitPid, home);
            for (var i = 0; i < tree.Length; i++)
                observed[i] = collector.Collect(tree[i]);
        }
        else
        {
            Parallel.For(0, tree.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) },
                () => new ProcessCollector(container.InitPid, home),
                (i, _, collector) =>
                {
                    observed[i] = collector.Collect(tree[i]);
                    return collector;
                },
                _ => { });
        }

        return [.. observed.OfType<ObservedProcess>()];
    }

    // The look takes its time, and of children that come and go the kernel's list is not exact.
    private static HashSet<int> StartedSince(List<ObservedProcess> processes)
    {
        var known = processes.Select(process => process.Pid).ToHashSet();
        return [.. processes.SelectMany(process => process.Files).Where(file => file.Info is not null && FdInfo.IsPidfd(file))
            .Select(file => FdInfo.Pid(file.Info!) ?? 0).Where(pid => pid > 0 && !known.Contains(pid) && Descent.IsFrom(pid, known))];
    }

    private static Dictionary<ulong, IReadOnlyList<MountEntry>> CollectMounts(Container container, List<ObservedProcess> processes)
    {
        var tables = new Dictionary<ulong, IReadOnlyList<MountEntry>> { [processes[0].Namespaces.Mount] = [.. container.Mounts.Select(mount => mount.Entry)] };
        foreach (var process in processes.Where(process => !process.HasEnded && process.Namespaces.Mount != 0))
        {
            if (tables.ContainsKey(process.Namespaces.Mount))
                continue;
            try
            {
                tables[process.Namespaces.Mount] = MountInfo.Read(process.Pid);
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.EINVAL)
            {
                // It ended; if it was the only one in its namespace, that is gone too.
            }
        }

        return tables;
    }

    private static List<NetworkObservation> CollectNetworks(Container container, List<ObservedProcess> processes)
    {
        var found = new List<NetworkObservation>();
        foreach (var process in processes.Where(process => !process.HasEnded && process.Namespaces.Net != 0).DistinctBy(process => process.Namespaces.Net))
        {
            try
            {
                using var network = Namespace.Open(process.Pid, NamespaceKind.Net);
                var isHost = container.SharesHostNetwork && process.Pid == container.InitPid;
                var reading = SocketReading.Take(network);
                var links = isHost ? [] : process.Pid == container.InitPid ? Links(container) : Links(network);
                found.Add(new NetworkObservation(process.Namespaces.Net, SocketCollector.Describe(reading), links)
                {
                    Reading = reading,
                    Lost = isHost ? [] : NetworkLosses.Read(network),
                    Memberships = isHost ? [] : MulticastMemberships.Read(process.Pid),
                    LeftToCriu = LeftToCriu(container, processes, process, network, links),
                });
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
            {
                // It ended meanwhile.
            }
        }

        return found;
    }

    // Saving it here for a trial takes some milliseconds, which only this question is worth.
    private static IReadOnlyList<string> LeftToCriu(Container container, List<ObservedProcess> processes, ObservedProcess process, FileDescriptor network,
        List<ObservedLink> links)
    {
        if (links.TrueForAll(link => link.IsKnownToCriu))
            return [];
        return NamespaceId.Read(network) == NamespaceId.Read(container.InitPid, NamespaceKind.Net)
            ? NetworkCapture.ObstaclesOf(network, container, processes.SelectMany(one => one.Files))
            : [$"it is a network namespace of {process.Name} ({process.PidInside}) inside the container"];
    }

    private static List<ObservedLink> Links(Container container) =>
        [.. container.Nics.Select(nic => new ObservedLink(nic.Name, nic.Index, nic.Type, nic.Kind))];

    private static List<ObservedLink> Links(FileDescriptor network)
    {
        using var route = RouteSocket.OpenIn(network);
        return [.. route.Links.List().Select(link => new ObservedLink(link.Name, link.Index, link.Type, link.Kind))];
    }

    private static Dictionary<ulong, string> ProtocolNames(List<ObservedProcess> processes, List<NetworkObservation> networks)
    {
        var shown = networks.SelectMany(network => network.Sockets).Select(socket => socket.Inode).ToHashSet();
        var names = new Dictionary<ulong, string>();
        foreach (var file in processes.SelectMany(process => process.Files).Where(file => file.Type == FileType.Socket && file.Number >= 0))
        {
            if (shown.Contains(file.Inode) || names.ContainsKey(file.Inode))
                continue;
            if (ExtendedAttributes.TryReadText($"/proc/{file.Process.Pid}/fd/{file.Number}", "system.sockprotoname") is { } name)
                names[file.Inode] = name;
        }

        return names;
    }

    private static HashSet<ulong> SocketsOutside(List<ObservedProcess> processes, List<NetworkObservation> networks, Dictionary<ulong, string> protocols)
    {
        var (own, outside, known) = (networks.Select(network => network.Inode).ToHashSet(), new HashSet<ulong>(), new HashSet<ulong>());
        foreach (var file in processes.SelectMany(process => process.Files).Where(file => file is { Type: FileType.Socket, Number: >= 0 }))
        {
            if (!protocols.TryGetValue(file.Inode, out var protocol) || protocol.StartsWith("UNIX", StringComparison.Ordinal) || !known.Add(file.Inode))
                continue;
            try
            {
                using var process = ProcessHandle.Open(file.Process.Pid);
                using var socket = process.DuplicateDescriptor(file.Number);
                using var owner = Namespace.OpenOfSocket(socket);
                if (!own.Contains(NamespaceId.Read(owner).Inode))
                    outside.Add(file.Inode);
            }
            catch (SyscallException)
            {
                // It is closed by now, has no network namespace, or may not be looked into.
            }
        }

        return outside;
    }

    private static Dictionary<int, string> CollectContents(Container container)
    {
        var contents = new Dictionary<int, string>();
        var served = ServedMounts.Of(container.Mounts.Select(mount => mount.Entry), MountInfo.ReadSelf);
        foreach (var mount in container.Mounts.Where(mount => CredentialMount.Is(mount.Entry) || mount is
        {
            Kind: ContainerMountKind.Internal, Entry.FileSystemType: "pstore" or "mqueue",
            Entry.Root: "/"
        }).Where(mount => !served.Holds(mount.Entry.MountPoint)))
        {
            try
            {
                if (DirectoryListing.Read($"/proc/{container.InitPid}/root{mount.Entry.MountPoint}") is [var first, ..])
                    contents[mount.Entry.Id] = first.Name;
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.ENOTDIR)
            {
                // Unmounted since, or covered by something else.
            }
        }

        return contents;
    }
}
