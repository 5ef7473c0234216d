using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Tells libcriu what is to be dumped, and how.</summary>
internal static class CriuDumpOptions
{
    /// <summary>Builds the options; they are the caller's to dispose.</summary>
    public static CriuOptions Build(CriuService service, Container container, CheckpointOptions options, PartSavings parts, ImageDirectory images,
        CriuWorker worker)
    {
        var criu = service.CreateOptions();
        criu.Worker = worker;
        criu.Pid = container.InitPid;
        criu.ImagesDirectory = images.Descriptor;
        criu.WorkDirectory = images.WorkDescriptor;
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
        criu.NetworkLock = CriuNetworkLock.Skip;
        criu.OrphanPtsMaster = true;
        criu.ExternalMasters = true;
        criu.ExternalSharing = true;
        if (options.GhostLimit is { } limit)
            criu.GhostLimit = limit;
        if (options.Timeout is { } timeout)
            criu.Timeout = (int)timeout.TotalSeconds;
        parts.DescribeTo(criu);
        foreach (var external in options.External)
            criu.AddExternal(external);
        return criu;
    }
}
