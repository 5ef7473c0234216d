using System.Globalization;
using System.Text.RegularExpressions;
using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Cgroups;
using LxcNative.Orchestrator.Parts.Mounts;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>What criu really says: a dump of the container by the criu command, which leaves it running.</summary>
internal static partial class CriuOracle
{
    private const int Attempts = 20;

    /// <summary>Dumps with what the product would ask for under these options.</summary>
    /// <returns>Whether it succeeded, and criu's log.</returns>
    public static (bool Succeeded, string Log) Dump(Container container, CheckpointOptions options, string criu) =>
        Steadily(() => DumpOnce(container, options, criu));

    /// <summary>The same through libcriu, for what the command cannot be asked for (orphan-pts-master).</summary>
    public static (bool Succeeded, string Log) DumpByLibrary(Container container, CheckpointOptions options) =>
        Steadily(() => DumpByLibraryOnce(container, options));

    // Where the container is in the root of a hierarchy criu walks all of it, and gives up when a cgroup of somebody else goes meanwhile: that says nothing of
    // the container.
    private static (bool Succeeded, string Log) Steadily(Func<(bool Succeeded, string Log)> dump)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (succeeded, log) = dump();
            if (succeeded || attempt == Attempts || !CgroupGone().IsMatch(log))
                return (succeeded, log);
        }
    }

    private static (bool Succeeded, string Log) DumpOnce(Container container, CheckpointOptions options, string criu)
    {
        using var images = new TemporaryDirectory();
        var (code, output) = StateProgram.Run(TimeSpan.FromSeconds(60), criu, Arguments(container, options, images.Path));
        var log = images["dump.log"];
        return (code == 0, File.Exists(log) ? File.ReadAllText(log) : output);
    }

    private static (bool Succeeded, string Log) DumpByLibraryOnce(Container container, CheckpointOptions options)
    {
        using var images = new TemporaryDirectory();
        using var directory = FileOpen.Open(images.Path, OpenFlags.ReadOnly | OpenFlags.Directory);
        var service = new CriuService(CriuInstallation.Find(CriuPlaces.Usual));
        using var criu = service.CreateOptions();
        criu.Pid = container.InitPid;
        criu.ImagesDirectory = directory;
        criu.LogFile = "dump.log";
        criu.LeaveRunning = true;
        criu.FileLocks = options.FileLocks;
        criu.OrphanPtsMaster = true;
        criu.NetworkLock = CriuNetworkLock.Skip;
        foreach (var (controllers, path) in CgroupRoots.Of(container.Cgroups))
            criu.AddCgroupRoot(controllers, path);
        try
        {
            service.Dump(criu);
            return (true, File.ReadAllText(images["dump.log"]));
        }
        catch (CriuException)
        {
            return (false, File.ReadAllText(images["dump.log"]));
        }
    }

    /// <summary>The line of the log that tells why, with numbers and addresses replaced so that runs compare.</summary>
    public static string Telling(string log)
    {
        var errors = log.Split('\n')
            .Where(line => line.Contains("Error (", StringComparison.Ordinal) && !line.Contains("RLIMIT_NOFILE", StringComparison.Ordinal)).ToList();
        var last = errors.FirstOrDefault(line => !Consequence().IsMatch(line)) ?? errors.FirstOrDefault() ?? "";
        return Neutral(Source().Replace(Stamp().Replace(last, ""), "").Trim());
    }

    /// <summary>A text without what differs from run to run.</summary>
    public static string Neutral(string text) => Number().Replace(Temporary().Replace(text, "PATH"), "N");

    private static List<string> Arguments(Container container, CheckpointOptions options, string images)
    {
        var mounts = (MountsState)new MountsPart().Prepare(new SavingContext(container, options, new FileDescriptor(-1, ownsHandle: false), null!, "")).State;
        List<string> arguments =
        [
            "dump", "-t", container.InitPid.ToString(CultureInfo.InvariantCulture), "-D", images, "-o", "dump.log", "-v2", "--leave-running",
            "--skip-in-flight", "--manage-cgroups=soft", "--enable-external-masters", "--enable-external-sharing", "--network-lock", "skip",
        ];
        void When(bool given, string option)
        {
            if (given)
                arguments.Add(option);
        }

        When(options.TcpEstablished, "--tcp-established");
        When(options.TcpClose, "--tcp-close");
        When(options.FileLocks, "--file-locks");
        When(options.LinkRemap, "--link-remap");
        When(options.EvasiveDevices, "--evasive-devices");
        When(options.ShellJob, "--shell-job");
        if (options.GhostLimit is { } limit)
            arguments.AddRange(["--ghost-limit", limit.ToString(CultureInfo.InvariantCulture)]);
        arguments.AddRange(mounts.External.Select(one => $"mnt[{one.MountPoint}]:{one.Key}").Concat(options.External)
            .SelectMany(one => (string[])["--external", one]));
        arguments.AddRange(mounts.EnabledFileSystems.SelectMany(one => (string[])["--enable-fs", one]));
        arguments.AddRange(CgroupRoots.Of(container.Cgroups)
            .SelectMany(one => (string[])["--cgroup-root", one.Controllers is null ? one.Path : $"{one.Controllers}:{one.Path}"]));
        return arguments;
    }

    [GeneratedRegex(@"cg: .*: No such (device|file or directory)\n.*cg: [^\n]*\n.*cg: failed walking ", RegexOptions.Singleline)]
    private static partial Regex CgroupGone();

    [GeneratedRegex(@"^\(\d+\.\d+\)\s*(pie: )?(\d+: )?(pie: )?")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"^\s*Error \([^)]*\): ")]
    private static partial Regex Source();

    // Lines that only follow from another, or are said of every failure.
    [GeneratedRegex(@"Dumping FAILED|\(pid: \d+\) failed with|finished with error|Timeout reached")]
    private static partial Regex Consequence();

    [GeneratedRegex(@"/tmp/lxcnative-[^ ]*")]
    private static partial Regex Temporary();

    [GeneratedRegex(@"0x[0-9a-f]+|(?<=socket )[0-9a-f]+|@[0-9a-f]{6,}|\b[0-9a-f]{9,}\b|(?<![A-Za-z])\d{2,}")]
    private static partial Regex Number();
}
