using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Confinement;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores;

/// <summary>What a restore will do: derived from the manifest and the options alone.</summary>
internal static class RestorePlan
{
    private const int LongestLinkName = 15;

    /// <summary>Plans the restore of the checkpoint in <paramref name="imagesDirectory"/>.</summary>
    /// <exception cref="CheckpointRefusedException">An option names a device that the container does not have, or the root is not known.</exception>
    public static MonitorRequest For(CheckpointManifest manifest, string imagesDirectory, RestoreOptions options, CriuInstallation installation, CriuKerndat? kerndat)
    {
        var container = manifest.Container;
        var root = options.Root is null ? container.Root : container.Root with { HostPath = DirectoryPath.Full(options.Root) };
        return new MonitorRequest
        {
            Name = container.Name,
            LxcPath = container.LxcPath,
            ImagesDirectory = imagesDirectory,
            CriuPath = installation.CriuPath,
            CriuVersion = installation.CriuVersion.ToString(),
            LibCriuPath = installation.LibCriuPath,
            LogFile = options.LogFile,
            Verbosity = options.Timeline ? CriuPhases.LogLevel : options.Verbosity,
            Detached = options.Detached,
            Root = root,
            ExternalMounts = manifest.ExternalMounts,
            Tmpfs = manifest.Tmpfs,
            Network = manifest.Network == CaptureMode.Native ? NetworkState.NetworkImageFile.Name : null,
            CriuInNetwork = manifest.CriuInNetwork,
            Kerndat = kerndat?.ToBytes(),
            HasAppArmorPolicy = manifest.Files.Any(file => file.Name == AppArmorImageFile.Name),
            LsmProfile = options.LsmProfile,
            Nics = Nics(manifest, options),
            Cgroups = container.Cgroups,
            MonitorCgroups = options.Detached ? [] : container.MonitorCgroups,
            Devices = manifest.Devices,
            DevicePrograms = manifest.DevicePrograms,
            EnabledFileSystems = [.. container.Mounts.Select(mount => mount.Entry.FileSystemType).Where(type => type is "hugetlbfs" or "tracefs").Distinct()],
            Options = manifest.Options,
        };
    }

    /// <summary>The veth pairs to be made.</summary>
    /// <exception cref="CheckpointRefusedException">An option names a device that the container does not have.</exception>
    public static IReadOnlyList<MonitorNic> Nics(CheckpointManifest manifest, RestoreOptions options)
    {
        var container = manifest.Container;
        foreach (var pair in options.VethPairs.Where(pair => !container.Nics.Any(nic => nic.Name == pair.Inside && nic.Host is not null)))
            throw new CheckpointRefusedException(
                $"--veth-pair {pair.Inside}={pair.Host}: the container has no veth device {pair.Inside}; it has {Names(container.Nics)}");
        return [.. container.Nics.Where(nic => nic.Host is not null).Select(nic => Plan(nic, options, manifest))];
    }

    /// <summary>The name that a container's end has on the host until criu moves it in: long names are never used there.</summary>
    public static string TemporaryName(int hostIndex, int insideIndex)
    {
        var name = $"lxnc{hostIndex:x}-{insideIndex:x}";
        return name.Length <= LongestLinkName ? name : name[..LongestLinkName];
    }

    private static MonitorNic Plan(ContainerNic nic, RestoreOptions options, CheckpointManifest manifest)
    {
        var host = nic.Host!;
        var option = options.VethPairs.FirstOrDefault(pair => pair.Inside == nic.Name);
        var name = option?.Host ?? host.Name;
        var bridge = option?.Bridge ?? host.Bridge;
        var port = bridge == host.Bridge ? manifest.BridgePorts.FirstOrDefault(record => record.Device == host.Name) : null;
        // Another name makes another device: only the device that was there gets its index back.
        var index = option is null || option.Host == host.Name ? host.Index : 0;
        return new MonitorNic(nic.Name, host with { Name = name, Index = index, IsUp = host.IsUp || bridge is not null, Bridge = bridge }, port);
    }

    private static string Names(IReadOnlyList<ContainerNic> nics) =>
        nics.Any(nic => nic.Host is not null) ? string.Join(", ", nics.Where(nic => nic.Host is not null).Select(nic => nic.Name)) : "none";
}
