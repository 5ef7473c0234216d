using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Parts.Confinement;
using LxcNative.Orchestrator.Parts.Devices;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Tmpfs;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A manifest of version 1 or 2, before there were parts: images of LxcNative 0.1.0.</summary>
internal sealed record FormerManifest
{
    public required DateTimeOffset Created { get; init; }
    public required string Kernel { get; init; }
    public required string Criu { get; init; }
    public required Container Container { get; init; }
    public required IReadOnlyList<ExternalMount> ExternalMounts { get; init; }
    public required IReadOnlyList<BridgePortRecord> BridgePorts { get; init; }
    public required IReadOnlyList<DeviceRules> Devices { get; init; }
    public IReadOnlyList<DevicePrograms> DevicePrograms { get => field ?? []; init; }
    public required CaptureMode Network { get; init; }
    public bool CriuInNetwork { get; init; }
    public IReadOnlyList<TmpfsMount> Tmpfs { get => field ?? []; init; }
    public required ManifestOptions Options { get; init; }
    public required IReadOnlyList<ImageFile> Files { get; init; }

    /// <summary>The same in the layout of today.</summary>
    public CheckpointManifest Upgrade() => new()
    {
        Version = CheckpointManifest.CurrentVersion,
        Created = Created,
        Kernel = Kernel,
        Criu = Criu,
        Container = Container,
        Options = Options,
        Files = Files,
        Parts = States().ToDictionary(one => one.Part.Name, one => one.Part.Write(one.State), StringComparer.Ordinal),
    };

    private (Part Part, PartState State)[] States() =>
    [
        (new HostEndsPart(), new HostEndsState
        {
            Ends = [.. Container.Nics.Where(nic => nic.Host is not null)
                .Select(nic => new HostEnd(nic.Name, nic.Host!, BridgePorts.FirstOrDefault(port => port.Device == nic.Host!.Name)))],
        }),
        (new NetworkPart(), new NetworkState { SavedBy = Network, CriuInside = CriuInNetwork }),
        (new CgroupsPart(), new CgroupsState { Cgroups = Container.Cgroups, Monitor = Container.MonitorCgroups, Managed = Options.ManageCgroups }),
        (new TmpfsPart(), new TmpfsState { Mounts = Tmpfs }),
        (new MountsPart(), new MountsState
        {
            Root = Container.Root,
            External = ExternalMounts,
            EnabledFileSystems = MountsState.EnabledOf(Container.Mounts),
        }),
        (new ConfinementPart(), new ConfinementState { HasPolicy = Files.Any(file => file.Name == AppArmorImageFile.Name) }),
        (new DevicesPart(), new DevicesState { Rules = Devices, Programs = DevicePrograms }),
    ];
}
