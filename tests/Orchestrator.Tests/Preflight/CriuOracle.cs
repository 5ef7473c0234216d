using System.Globalization;
using System.Text.RegularExpressions;
using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>What criu really says: a dump of the container by the criu command, which leaves it running.</summary>
internal static partial class CriuOracle
{
    /// <summary>Dumps with what the product would ask for under these options.</summary>
    /// <returns>Whether it succeeded, and criu's log.</returns>
    public static (bool Succeeded, string Log) Dump(Container container, CheckpointOptions options, string criu)
    {
        using var images = new TemporaryDirectory();
        var (code, output) = StateProgram.Run(TimeSpan.FromSeconds(60), criu, Arguments(container, options, images.Path));
        var log = images["dump.log"];
        return (code == 0, File.Exists(log) ? File.ReadAllText(log) : output);
    }

    /// <summary>The same through libcriu, for what the command cannot be asked for (orphan-pts-master).</summary>
    public static (bool Succeeded, string Log) DumpByLibrary(Container container, CheckpointOptions options)
    {
        using var images = new TemporaryDirectory();
        using var directory = FileOpen.Open(images.Path, OpenFlags.ReadOnly | OpenFlags.Directory);
        var service = new CriuService(CriuInstallation.Find());
        using var criu = service.CreateOptions();
        criu.Pid = container.InitPid;
        criu.ImagesDirectory = directory;
        criu.LogFile = "dump.log";
        criu.LeaveRunning = true;
        criu.FileLocks = options.FileLocks;
        criu.OrphanPtsMaster = true;
        criu.NetworkLock = CriuNetworkLock.Skip;
        foreach (var (controllers, path) in CheckpointPlan.RootsOf(container.Cgroups))
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
        var errors = log.Split('\n').Where(line => line.Contains("Error (", StringComparison.Ordinal) && !line.Contains("RLIMIT_NOFILE", StringComparison.Ordinal)).ToList();
        var last = errors.FirstOrDefault(line => !Consequence().IsMatch(line)) ?? errors.FirstOrDefault() ?? "";
        return Neutral(Source().Replace(Stamp().Replace(last, ""), "").Trim());
    }

    /// <summary>A text without what differs from run to run.</summary>
    public static string Neutral(string text) => Number().Replace(Temporary().Replace(text, "PATH"), "N");

    private static List<string> Arguments(Container container, CheckpointOptions options, string images)
    {
        var plan = CheckpointPlan.For(container, options);
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
        // macvlan[NAME] without a second part is for the restore: the command ends at it without a word.
        arguments.AddRange(plan.Externals.Where(one => !one.StartsWith("macvlan[", StringComparison.Ordinal)).SelectMany(one => (string[])["--external", one]));
        arguments.AddRange(plan.EnabledFileSystems.SelectMany(one => (string[])["--enable-fs", one]));
        arguments.AddRange(plan.CgroupRoots.SelectMany(one => (string[])["--cgroup-root", one.Controllers is null ? one.Path : $"{one.Controllers}:{one.Path}"]));
        return arguments;
    }

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
