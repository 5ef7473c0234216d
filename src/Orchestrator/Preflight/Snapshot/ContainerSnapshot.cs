using LxcNative.Native.Bpf;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Everything that rules look at: read once, from outside, with nothing frozen or attached to.</summary>
internal sealed class ContainerSnapshot
{
    private readonly Lazy<HashSet<int>> _pids;
    private readonly Lazy<Dictionary<ulong, ObservedFile>> _socketOwners;
    private readonly Lazy<Dictionary<ulong, ObservedSocket>> _sockets;
    private readonly Dictionary<MountEntry, bool> _covered = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(ulong, int), MountEntry> _mounts = [];

    public ContainerSnapshot()
    {
        _pids = new(() => [.. Processes!.Select(process => process.Pid)]);
        _socketOwners = new(() => OwnersOf(this));
        _sockets = new(() => Networks.SelectMany(network => network.Sockets).Where(socket => socket.Inode != 0).DistinctBy(socket => socket.Inode)
            .ToDictionary(socket => socket.Inode));
    }

    public required Container Container { get; init; }

    /// <summary>The processes of its tree, its init first; those that ended meanwhile are left out.</summary>
    public required IReadOnlyList<ObservedProcess> Processes { get; init; }

    /// <summary>Processes that it has handles of (pidfd), and that descend from its tree without being in it: they were started since it was read.</summary>
    public IReadOnlySet<int> StartedSince { get; init; } = new HashSet<int>();

    /// <summary>The mount tables of the mount namespaces that its processes are in, by inode.</summary>
    public required IReadOnlyDictionary<ulong, IReadOnlyList<MountEntry>> MountTables { get; init; }

    /// <summary>The network namespaces that its processes are in, the init's first.</summary>
    public IReadOnlyList<NetworkObservation> Networks { get; init; } = [];

    /// <summary>The protocol names of sockets that no diagnosis shows (system.sockprotoname), by inode.</summary>
    public IReadOnlyDictionary<ulong, string> ProtocolNames { get; init; } = new Dictionary<ulong, string>();

    /// <summary>The inodes of those among them, unix sockets left out, that are of a network namespace which none of its processes is in.</summary>
    public IReadOnlySet<ulong> SocketsOutside { get; init; } = new HashSet<ulong>();

    /// <summary>The namespaces inside of it that could be the init's, by inode, with what makes each another; null where nothing does (<see
    /// cref="NamespaceComparison"/>).</summary>
    public IReadOnlyDictionary<ulong, string?> NestedNamespaces { get; init; } = new Dictionary<ulong, string?>();

    /// <summary>What its systemd told of units that it holds programs for.</summary>
    public UnitObservation Units { get; init; } = UnitObservation.None;

    public IReadOnlyList<SharedState> Shared { get; init; } = [];

    /// <summary>Mount points that ought to be empty and are not, with a name that is in them.</summary>
    public IReadOnlyDictionary<int, string> Contents { get; init; } = new Dictionary<int, string>();

    /// <summary>The cgroup by which it is frozen; null when it is not.</summary>
    public string? FrozenBy { get; init; }

    /// <summary>The programs of its version 2 cgroups that do not come back.</summary>
    public IReadOnlyDictionary<CgroupHook, IReadOnlyList<string>> ProgramsLost { get; init; } = new Dictionary<CgroupHook, IReadOnlyList<string>>();

    /// <summary>What AppArmor does to it.</summary>
    public ConfinementObservation Confinement { get; init; } = ConfinementObservation.None;

    /// <summary>The lock that its network has; null where it has none.</summary>
    public NetworkLockInfo? Lock { get; init; }

    /// <summary>Why the container's root goes with it, in words; null where it stays.</summary>
    public string? RootGoes { get; init; }

    public required HostFacts Host { get; init; }

    public ObservedProcess Init => Processes[0];

    /// <summary>Everything that is open.</summary>
    public IEnumerable<ObservedFile> Files => Processes.SelectMany(process => process.Files);

    /// <summary>Whether the process is of the container's tree.</summary>
    public bool Contains(int pid) => _pids.Value.Contains(pid) || StartedSince.Contains(pid);

    /// <summary>A file that is the socket; null where nobody in the container has it.</summary>
    public ObservedFile? OwnerOf(ulong socketInode) => _socketOwners.Value.GetValueOrDefault(socketInode);

    /// <summary>The socket of that inode; null where no diagnosis shows it.</summary>
    public ObservedSocket? Socket(ulong inode) => _sockets.Value.GetValueOrDefault(inode);

    /// <summary>The sockets that somebody in the container has open, with who.</summary>
    public IEnumerable<(ObservedSocket Socket, ObservedFile Owner)> OwnSockets =>
        _socketOwners.Value.Where(pair => Socket(pair.Key) is not null).Select(pair => (Socket(pair.Key)!, pair.Value));

    /// <summary>The inodes of sockets that somebody has open and no diagnosis shows, with who.</summary>
    public IEnumerable<(ulong Inode, ObservedFile Owner)> UnknownSockets =>
        _socketOwners.Value.Where(pair => Socket(pair.Key) is null).Select(pair => (pair.Key, pair.Value));

    /// <summary>The mount of a file in its process's table; null where it is of no mount there.</summary>
    public MountEntry? MountOf(ObservedFile file)
    {
        if (_mounts.Count == 0)
        {
            foreach (var (inode, table) in MountTables)
                foreach (var entry in table)
                    _mounts.TryAdd((inode, entry.Id), entry);
        }

        return _mounts.GetValueOrDefault((file.Process.Namespaces.Mount, file.MountId));
    }

    /// <summary>Whether a mount cannot be reached in its namespace. Looked at once for each mount: many files are of few.</summary>
    public bool IsCovered(MountEntry mount, ulong mountNamespace)
    {
        if (!_covered.TryGetValue(mount, out var isCovered))
            _covered[mount] = isCovered = OvermountedFile.IsCovered(mount, MountTables[mountNamespace]);
        return isCovered;
    }

    /// <summary>The mount of a file in any table of the container's; null where it is of none.</summary>
    public MountEntry? MountAnywhere(ObservedFile file) =>
        MountOf(file) ?? MountTables.Values.Select(table => table.FirstOrDefault(entry => entry.Id == file.MountId)).FirstOrDefault(entry => entry is not null);

    private static Dictionary<ulong, ObservedFile> OwnersOf(ContainerSnapshot snapshot)
    {
        var owners = new Dictionary<ulong, ObservedFile>();
        foreach (var file in snapshot.Files)
            if (file.Type == Native.Files.FileType.Socket && file.Number >= 0)
                owners.TryAdd(file.Inode, file);
        return owners;
    }
}
