using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Interop;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Makes a <see cref="PreflightSnapshot"/> of a running container.</summary>
internal static class SnapshotCollector
{
    /// <summary>Collects; the container runs on, so what is seen is of slightly different moments.</summary>
    /// <exception cref="ContainerException">The container ended meanwhile.</exception>
    public static PreflightSnapshot Collect(Container container, CriuSearch search)
    {
        // The kernel takes some milliseconds of mere waiting for this file: all that change locks have to see that it is read.
        var locks = Task.Run(LockTable.Read);
        var processes = CollectProcesses(container);
        if (processes.Count == 0 || processes[0].Pid != container.InitPid || processes[0].HasEnded)
            throw new ContainerException($"the container's init {container.InitPid} ended while it was looked at");
        StuckProcesses.LookAgain(processes);
        var shared = Task.Run(() => SharingCollector.Collect(processes));
        FileLockCollector.Collect(processes, locks.GetAwaiter().GetResult());
        InotifyCollector.Collect(processes, container);
        EpollCollector.Collect(processes);
        var networks = CollectNetworks(container, processes);
        return new PreflightSnapshot
        {
            Container = container,
            Processes = processes,
            MountTables = CollectMounts(container, processes),
            Networks = networks,
            ProtocolNames = ProtocolNames(processes, networks),
            Shared = shared.GetAwaiter().GetResult(),
            Contents = CollectContents(container),
            FrozenBy = CgroupObservation.FrozenBy(container.Cgroups),
            ProgramsLost = CgroupObservation.ProgramsLost(container.Cgroups),
            Confinement = ConfinementObservation.Of(container),
            Host = new HostFacts(
                CurrentProcess.EffectiveCapabilities,
                Environment.ProcessId,
                MountInfo.ReadSelf().Any(entry => entry is { MountPoint: "/dev", FileSystemType: "devtmpfs" }),
                processes.Any(process => process.IsBelow4GiB) && CriuBuild.HasCompat(search)),
        };
    }

    private static List<ObservedProcess> CollectProcesses(Container container)
    {
        var tree = container.Processes.SelfAndDescendants().ToArray();
        var home = ProcReader.TryStat($"/proc/{container.InitPid}/ns/mnt", out var status) ? status.Inode : 0;
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
                found.Add(new NetworkObservation(process.Namespaces.Net, SocketCollector.Read(network), isHost ? [] : Links(network)));
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
            {
                // It ended meanwhile.
            }
        }

        return found;
    }

    private static List<ObservedLink> Links(FileDescriptor network)
    {
        using var route = RouteSocket.OpenIn(network);
        return [.. route.Links.List().Select(link => new ObservedLink(link.Name, link.Index, link.Type, link.Kind))];
    }

    private static unsafe Dictionary<ulong, string> ProtocolNames(List<ObservedProcess> processes, List<NetworkObservation> networks)
    {
        var shown = networks.SelectMany(network => network.Sockets).Select(socket => socket.Inode).ToHashSet();
        var names = new Dictionary<ulong, string>();
        var value = stackalloc byte[64];
        foreach (var file in processes.SelectMany(process => process.Files).Where(file => file.Type == FileType.Socket && file.Number >= 0))
        {
            if (shown.Contains(file.Inode) || names.ContainsKey(file.Inode))
                continue;
            var path = System.Text.Encoding.UTF8.GetBytes($"/proc/{file.Process.Pid}/fd/{file.Number}\0");
            nint length;
            fixed (byte* bytes = path, name = "system.sockprotoname\0"u8)
                length = ProcCalls.GetExtendedAttribute(bytes, name, value, 64);
            if (length > 0)
                names[file.Inode] = System.Text.Encoding.UTF8.GetString(value, (int)length).TrimEnd('\0');
        }

        return names;
    }

    private static Dictionary<int, string> CollectContents(Container container)
    {
        var contents = new Dictionary<int, string>();
        foreach (var mount in container.Mounts.Where(mount => mount is { Kind: ContainerMountKind.Internal, Entry.FileSystemType: "pstore" or "mqueue", Entry.Root: "/" }))
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
