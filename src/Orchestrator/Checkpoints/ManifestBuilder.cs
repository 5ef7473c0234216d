using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Confinement;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.NetworkState;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Makes the manifest: all but the list of files while the container runs, the rest while it stands still.</summary>
internal static class ManifestBuilder
{
    /// <summary>The manifest without its files.</summary>
    public static CheckpointManifest Prepare(
        Container container, CheckpointOptions options, CheckpointPlan plan, CriuInstallation installation, NetworkLockMethod method, CaptureMode network,
        bool criuInNetwork, IReadOnlyList<TmpfsMount> tmpfs) => new()
        {
            Version = CheckpointManifest.CurrentVersion,
            Created = DateTimeOffset.UtcNow,
            Kernel = KernelRelease.Read(),
            Criu = installation.CriuVersion.ToString(),
            Container = container,
            ExternalMounts = plan.ExternalMounts,
            BridgePorts = BridgePortRecord.Capture(container.Nics),
            Devices = ReadDeviceRules(container.Cgroups),
            DevicePrograms = DeviceProgramCapture.Take(container.Cgroups),
            Options = new ManifestOptions(
            options.TcpEstablished, options.TcpClose, options.FileLocks, options.ShellJob, options.EvasiveDevices, options.ManageCgroups,
            method.ToString().ToLowerInvariant(), options.External),
            Network = network,
            CriuInNetwork = criuInNetwork,
            Tmpfs = tmpfs,
            Files = [],
        };

    /// <summary>Completes the images: takes our own lock out of the saved rule sets, lists the files, writes the manifest.</summary>
    public static void Complete(CheckpointManifest manifest, ImageDirectory images)
    {
        // criu saved the container's rule set while our lock was on; restored with it, the container would come back locked.
        var files = images.Files();
        foreach (var file in files.Where(file => file.Name.StartsWith("nftables-", StringComparison.Ordinal) && file.Size > 0).ToList())
        {
            var text = NetworkLock.TableFamilies.Aggregate(
                images.ReadText(file.Name), (rules, family) => NftablesImage.RemoveTable(rules, family, NetworkLock.TableName));
            images.Write(file.Name, text);
            files = images.Files();
        }

        images.Write(CheckpointManifest.FileName, (manifest with { Files = [.. files.Where(IsImage)] }).ToJson());
    }

    private static bool IsImage(ImageFile file) => file.Name.EndsWith(".img", StringComparison.Ordinal) || file.Name is NetworkImageFile.Name or AppArmorImageFile.Name;

    private static List<DeviceRules> ReadDeviceRules(IReadOnlyList<ContainerCgroup> cgroups)
    {
        var rules = new List<DeviceRules>();
        foreach (var cgroup in cgroups.Where(one => one.Directory is not null && one.Controllers.Contains("devices") && one.Path != "/"))
            rules.Add(new DeviceRules(cgroup.Path, File.ReadAllLines(Path.Combine(cgroup.Directory!, "devices.list"))));
        return rules;
    }
}
