using LxcNative.Native.Cgroups;
using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter;

namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>Makes a <see cref="HostObservation"/>.</summary>
internal static class HostCollector
{
    /// <summary>Looks at the host; starts criu three times, which takes some tenths of a second.</summary>
    public static HostObservation Collect(CriuSearch search, string imagesDirectory)
    {
        var isRoot = CurrentProcess.EffectiveUserId == 0;
        var (criu, problem) = Find(search);
        var directories = criu is null ? SystemPath.Directories : [Path.GetDirectoryName(criu.CriuPath)!, .. SystemPath.Directories];
        return new HostObservation
        {
            Kernel = KernelRelease.Read(),
            Criu = criu,
            CriuProblem = problem,
            MissingFunctions = criu is null ? [] : [.. Enum.GetValues<CriuFeature>().Where(feature => !criu.Library.Supports(feature))],
            Features = criu is null || !isRoot ? null : AskFeatures(criu),
            SelfDump = criu is null || !isRoot ? null : SelfDump.Try(criu),
            MissingKernelFeatures = KernelFeatures.Missing(),
            IsRoot = isRoot,
            Capabilities = CurrentProcess.EffectiveCapabilities,
            Cgroups = CgroupHierarchies.ReadSelf().Layout,
            NfTablesProblem = isRoot ? ProbeNfTables() : null,
            HasLegacyTables = File.Exists("/proc/net/ip_tables_names"),
            FreeSpace = FreeSpace(imagesDirectory),
            Ip = ProgramObservation.Look("ip", directories, Environment.GetEnvironmentVariable("CR_IP_TOOL") is { Length: > 0 } named ? named : null),
            Tar = ProgramObservation.Look("tar", directories),
            ConfigFiles = CriuInstallation.DefaultConfigFiles(),
            HasStaleKernelCache = File.Exists("/run/criu.kdat.tmp"),
        };
    }

    private static (CriuInstallation?, string?) Find(CriuSearch search)
    {
        try
        {
            return (CriuInstallation.Find(search), null);
        }
        catch (CriuNotFoundException e)
        {
            return (null, e.Message);
        }
    }

    private static CriuFeatures? AskFeatures(CriuInstallation criu)
    {
        try
        {
            using var worker = CriuWorker.Start(criu);
            worker.Warm();
            return worker.Features;
        }
        catch (LinuxException)
        {
            // A criu that cannot answer cannot dump either: the self-dump says why.
            return null;
        }
    }

    private static string? ProbeNfTables()
    {
        try
        {
            using var socket = NetfilterSocket.Open();
            socket.GetGeneration();
            return null;
        }
        catch (LinuxException e) when (e is NetlinkException or SyscallException)
        {
            return e.Message;
        }
    }

    private static (string, ulong) FreeSpace(string directory)
    {
        var at = Path.GetFullPath(directory);
        while (!Directory.Exists(at))
            at = Path.GetDirectoryName(at)!;
        return (at, StatFs.Read(at).AvailableBytes);
    }
}
