using LxcNative.Native.Criu;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Tells libcriu what a restore's plan says.</summary>
internal static class CriuRestoreOptions
{
    /// <summary>Builds the options; they are the caller's to dispose.</summary>
    public static CriuOptions Build(CriuService service, MonitorRequest request, INetworkRestore network, IReadOnlyList<(string Key, string Path)> tmpfs, string root, FileDescriptor images)
    {
        var criu = service.CreateOptions();
        criu.ImagesDirectory = images;
        criu.LogFile = request.LogFile;
        criu.LogLevel = request.Verbosity;
        criu.Root = root;
        criu.TcpEstablished = request.Options.TcpEstablished;
        criu.TcpClose = request.Options.TcpClose;
        criu.FileLocks = request.Options.FileLocks;
        criu.ShellJob = request.Options.ShellJob;
        criu.EvasiveDevices = request.Options.EvasiveDevices;
        criu.ManageCgroups = request.Options.ManageCgroups;
        criu.NetworkLock = CriuNetworkLock.Skip;
        criu.OrphanPtsMaster = true;
        criu.ExternalMasters = true;
        criu.ExternalSharing = true;
        foreach (var (controllers, path) in CheckpointPlan.RootsOf(request.Cgroups))
            criu.AddCgroupRoot(controllers, path);
        foreach (var mount in request.ExternalMounts)
            criu.AddExternal($"mnt[{mount.Key}]:{Native.Files.RealPath.Resolve(mount.HostPath)}");
        foreach (var (key, path) in tmpfs)
            criu.AddExternal($"mnt[{key}]:{path}");
        network.Describe(criu);
        if (request.LsmProfile is { } profile)
            // criu looks for the colon first.
            criu.LsmProfile = profile == RestoreOptions.Unconfined ? $"{profile}:" : profile;
        foreach (var external in request.Options.External)
            criu.AddExternal(external);
        foreach (var type in request.EnabledFileSystems)
            criu.AddEnabledFileSystem(type);
        return criu;
    }
}
