using LxcNative.Native.Bpf;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>Snapshots of states that cannot be made on every machine.</summary>
internal static class SampleSnapshot
{
    public static readonly HostFacts Host = new(ulong.MaxValue, 999_999, true);

    public static ObservedProcess Process(int pid = 100, Func<StatusFields, StatusFields>? status = null)
    {
        var fields = new StatusFields { State = 'S', Threads = 1, PidInside = 1, PidNamespaceDepth = 2, SessionInside = 1, IsRoot = true };
        return new ObservedProcess
        {
            Pid = pid,
            PidInside = 1,
            Name = "init",
            Status = status?.Invoke(fields) ?? fields,
            Namespaces = new NamespaceInodes(1, 2, 3, 4, 5, 6, 7, 8, 3, 8),
        };
    }

    public static ContainerSnapshot Make(ObservedProcess? process = null, Func<Container, Container>? container = null, HostFacts? host = null,
        IReadOnlyDictionary<CgroupHook, IReadOnlyList<string>>? programsLost = null, ConfinementObservation? confinement = null,
        IReadOnlyList<NetworkObservation>? networks = null, UnitObservation? units = null, IReadOnlyList<ObservedProcess>? others = null,
        string? frozenBy = null, NetworkLockInfo? held = null)
    {
        var sample = SampleContainer.Make();
        sample = container?.Invoke(sample) ?? sample;
        return new ContainerSnapshot
        {
            Container = sample,
            Processes = [process ?? Process(), .. others ?? []],
            FrozenBy = frozenBy,
            Lock = held,
            MountTables = new Dictionary<ulong, IReadOnlyList<MountEntry>> { [1] = [.. sample.Mounts.Select(mount => mount.Entry)] },
            Networks = networks ?? [],
            Units = units ?? UnitObservation.None,
            Host = host ?? Host,
            ProgramsLost = programsLost ?? new Dictionary<CgroupHook, IReadOnlyList<string>>(),
            Confinement = confinement ?? ConfinementObservation.None,
        };
    }

    public static ObservedFile File(ObservedProcess process, string target, uint mode, DeviceNumber special = default, DeviceNumber device = default,
        int mount = 63) => new()
        {
            Process = process,
            Number = 3,
            Target = target,
            Mode = mode,
            Device = device,
            Inode = 77,
            LinkCount = 1,
            AllocatedBytes = 0,
            Special = special,
            MountId = mount,
        };
}
