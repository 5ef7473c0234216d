using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Tells libcriu what a checkpoint's plan says.</summary>
internal static class CriuDumpOptions
{
    /// <summary>Builds the options; they are the caller's to dispose.</summary>
    public static CriuOptions Build(
        CriuService service, Container container, CheckpointOptions options, CheckpointPlan plan, ImageDirectory images, CriuWorker worker)
    {
        var criu = service.CreateOptions();
        criu.Worker = worker;
        criu.Pid = container.InitPid;
        criu.ImagesDirectory = images.Descriptor;
        criu.LogFile = options.LogFile;
        criu.LogLevel = options.Timeline ? CriuPhases.LogLevel : options.Verbosity;
        criu.LeaveRunning = options.LeaveRunning;
        criu.TcpEstablished = options.TcpEstablished;
        criu.TcpClose = options.TcpClose;
        criu.TcpSkipInFlight = true;
        criu.FileLocks = options.FileLocks;
        criu.LinkRemap = options.LinkRemap;
        criu.EvasiveDevices = options.EvasiveDevices;
        criu.ShellJob = options.ShellJob;
        criu.ManageCgroups = options.ManageCgroups;
        criu.NetworkLock = CriuNetworkLock.Skip;
        criu.OrphanPtsMaster = true;
        criu.ExternalMasters = true;
        criu.ExternalSharing = true;
        if (options.GhostLimit is { } limit)
            criu.GhostLimit = limit;
        if (options.Timeout is { } timeout)
            criu.Timeout = (int)timeout.TotalSeconds;
        foreach (var (controllers, path) in plan.CgroupRoots)
            criu.AddCgroupRoot(controllers, path);
        foreach (var external in plan.Externals)
            criu.AddExternal(external);
        foreach (var type in plan.EnabledFileSystems)
            criu.AddEnabledFileSystem(type);
        return criu;
    }
}
