using LxcNative.Native.AppArmor;
using LxcNative.Native.Files;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Confinement;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Restores;

/// <summary>What makes a restore impossible here and now, found before anything is made.</summary>
internal static class RestoreRefusals
{
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Refuses a directory that somebody else could have written, or whose files are not those that the checkpoint wrote.</summary>
    /// <exception cref="CheckpointRefusedException">Why.</exception>
    public static void CheckImages(string directory, CheckpointManifest manifest)
    {
        var status = FileStatus.Read(directory);
        if (status.UserId != 0 || (File.GetUnixFileMode(directory) & WritableByOthers) != 0)
            throw new CheckpointRefusedException(
                $"{directory} can be written by others than root: images decide what runs as root, so they must be root's alone (chown root; chmod 700)");
        var listed = manifest.Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        if (manifest.Tmpfs.FirstOrDefault(mount => !listed.Contains(mount.File) || mount.Key.Contains('/', StringComparison.Ordinal)) is { } strange)
            throw new CheckpointRefusedException($"the manifest names a tmpfs \"{strange.Key}\" in \"{strange.File}\", which is not among its files: it is damaged or forged");
        foreach (var file in manifest.Files)
        {
            var path = Path.Combine(directory, file.Name);
            if (file.Name.Contains('/', StringComparison.Ordinal))
                throw new CheckpointRefusedException($"the manifest names a file \"{file.Name}\" outside the images directory: it is damaged or forged");
            if (!FileStatus.TryRead(path, out var found, followLinks: false) || found.Type != FileType.Regular)
                throw new CheckpointRefusedException($"{path} is missing: the checkpoint is damaged");
            if ((long)found.Size != file.Size)
                throw new CheckpointRefusedException($"{path} has {found.Size} bytes instead of {file.Size}: the checkpoint is damaged (was the disk full when it was copied?)");
        }
    }

    /// <summary>Refuses while the old container, or another of its name, is there.</summary>
    /// <exception cref="CheckpointRefusedException">Why.</exception>
    public static void CheckNotRunning(Container container)
    {
        CheckPlace(container.LxcPath, container.Name, container.Cgroups);
        // A dead init that its parent has not waited for yet is no container.
        if (ProcessGlance.Stat(container.InitPid) is { State: not ('Z' or 'X') } stat && stat.StartTimeTicks == container.InitStartTime)
            throw new CheckpointRefusedException($"the container that was checkpointed still runs (init {container.InitPid}): it was left running, so stop it before it is restored");
    }

    /// <summary>Refuses while there is a container of that name, or processes in its cgroups.</summary>
    /// <exception cref="CheckpointRefusedException">Why.</exception>
    public static void CheckPlace(string lxcPath, string name, IReadOnlyList<ContainerCgroup> cgroups)
    {
        if (LxcCommandSocket.InitPid(lxcPath, name) is { } running)
            throw new CheckpointRefusedException($"container {name} is running (init {running}): stop it first (lxc-stop -k -n {name})");
        if (RestoredContainer.ByName(name) is { } restored)
            throw new CheckpointRefusedException($"container {name} is running, restored from {restored.ImagesDirectory} (init {restored.InitPid}): stop it first (kill -KILL {restored.InitPid})");
        foreach (var cgroup in cgroups.Where(one => one.Path != "/" && Directory.Exists(one.Directory)))
            if (new Native.Cgroups.CgroupDirectory(cgroup.Directory!).Processes().Count > 0)
                throw new CheckpointRefusedException($"cgroup {cgroup.Directory} has processes in it: the container's place is taken");
    }

    /// <summary>Refuses where the host lacks what the container is made of.</summary>
    /// <exception cref="CheckpointRefusedException">Why.</exception>
    public static void CheckHost(MonitorRequest request)
    {
        if (request.Root.HostPath is { } root && !Directory.Exists(root))
            throw new CheckpointRefusedException($"the container's root {root} does not exist: name where it is now with --root");
        if (request.Root.HostPath is null && request.Root.FileSystemType != "overlay" && !File.Exists(request.Root.Source))
            throw new CheckpointRefusedException($"the container's root was a {request.Root.FileSystemType} on {request.Root.Source}, which does not exist: mount it and name the place with --root");
        foreach (var mount in request.ExternalMounts.Where(one => !Path.Exists(one.HostPath)))
            throw new CheckpointRefusedException($"{mount.HostPath}, bound to {mount.MountPoint} in the container, does not exist on this host");
        if (PolicyObstacle(request) is { } obstacle)
            throw new CheckpointRefusedException(obstacle);
        using var host = RouteSocket.Open();
        foreach (var nic in request.Nics)
        {
            if (host.Links.TryGet(nic.Host.Name, out _))
                throw new CheckpointRefusedException(
                    $"there is a device {nic.Host.Name} on the host already, the name of {nic.Inside}'s host end: remove it, or choose another with --veth-pair {nic.Inside}=NAME");
            if (nic.Host.Bridge is { } bridge && !host.Links.TryGet(bridge, out _))
                throw new CheckpointRefusedException(
                    $"bridge {bridge}, which {nic.Inside}'s host end belongs to, does not exist: make it (ip link add {bridge} type bridge), or choose another with --veth-pair {nic.Inside}={nic.Host.Name}@BRIDGE");
        }
    }

    private static string? PolicyObstacle(MonitorRequest request)
    {
        const string module = "apparmor:";
        if (request.LsmProfile is not { } other)
            return ReadPolicy(request) is { } policy ? AppArmorRebuild.Obstacle(policy) : null;
        return other.StartsWith(module, StringComparison.Ordinal) ? AppArmorRebuild.Obstacle(AppArmorLabel.Parse(other[module.Length..])) : null;
    }

    private static AppArmorImage? ReadPolicy(MonitorRequest request)
    {
        try
        {
            return request.HasAppArmorPolicy ? AppArmorImageFile.ReadFrom(request.ImagesDirectory) : null;
        }
        catch (MalformedAppArmorImageException e)
        {
            throw new CheckpointRefusedException($"the checkpoint is damaged: {e.Message}", e);
        }
    }
}
