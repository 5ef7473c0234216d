using LxcNative.Native.Criu;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Tells libcriu what a restore's plan says.</summary>
internal static class CriuRestoreOptions
{
    /// <summary>Builds the options, without what the parts have to say; they are the caller's to dispose.</summary>
    public static CriuOptions Build(CriuService service, RestorePlan plan, FileDescriptor images)
    {
        var criu = service.CreateOptions();
        criu.ImagesDirectory = images;
        criu.LogFile = plan.LogFile;
        criu.LogLevel = plan.Verbosity;
        criu.TcpEstablished = plan.Options.TcpEstablished;
        criu.TcpClose = plan.Options.TcpClose;
        criu.FileLocks = plan.Options.FileLocks;
        criu.ShellJob = plan.Options.ShellJob;
        criu.EvasiveDevices = plan.Options.EvasiveDevices;
        criu.NetworkLock = CriuNetworkLock.Skip;
        criu.OrphanPtsMaster = true;
        criu.ExternalMasters = true;
        criu.ExternalSharing = true;
        foreach (var external in plan.Options.External)
            criu.AddExternal(external);
        return criu;
    }
}
