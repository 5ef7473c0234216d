using System.CommandLine;
using LxcNative.Cli.Metrics;
using LxcNative.Cli.Output;
using LxcNative.Cli.Output.Reports;
using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative checkpoint (--pid PID | NAME)</c>.</summary>
internal static class CheckpointCommand
{
    private static readonly (string, CaptureMode)[] s_capture = [("native", CaptureMode.Native), ("criu", CaptureMode.Criu), ("auto", CaptureMode.Auto)];

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var selection = new ContainerSelection();
        var imagesDir = new Option<string?>("--images-dir", "-D")
        {
            Description = "A new or empty directory for the images (default: a new one in the store, under NAME).",
            HelpName = "DIR",
        };
        var label = new Option<string?>("--name") { Description = "What to call the checkpoint, for `list`, `restore` and `delete`.", HelpName = "LABEL" };
        var sign = new Option<string?>("--sign")
        {
            Description = "Sign the checkpoint with this private key (ECDSA, PEM), for restore --verify-key.",
            HelpName = "KEY",
        };
        var leaveRunning = new Option<bool>("--leave-running", "-R") { Description = "Let the container run on." };
        var restore = new Option<bool>("--restore")
        {
            Description = "Restore it at once, in its own place; packets are held from the freeze until it is back, and the images are kept.",
        };
        var preCopy = new Option<bool>("--pre-copy")
        {
            Description = "Copy the memory while the container runs, with --leave-running: it stands still for what was written to meanwhile alone.",
        };
        var maxRounds = new Option<int?>("--max-rounds")
        {
            Description = "With --pre-copy: how often what was written to is copied again, before the container is frozen whatever is left (default: 5).",
            HelpName = "N",
        };
        var maxPause = new Option<int?>("--max-pause")
        {
            Description = "With --pre-copy: it is frozen when what the last round copied takes no longer than these milliseconds (default: 10).",
            HelpName = "MS",
        };
        var tcpEstablished = new Option<bool>("--tcp-established") { Description = "Keep established TCP connections.", DefaultValueFactory = _ => true };
        var tcpClose = new Option<bool>("--tcp-close") { Description = "Dump established TCP connections as closed." };
        var fileLocks = new Option<bool>("--file-locks", "-l") { Description = "Dump file locks.", DefaultValueFactory = _ => true };
        var linkRemap = new Option<bool>("--link-remap")
        {
            Description = "Give files that were opened by a name that is gone a temporary one.",
            DefaultValueFactory = _ => true,
        };
        var ghostLimit = ByteSize.GhostLimit("Largest unlinked open file to put into the images, with K, M or G (default: 1M).");
        var evasive = new Option<bool>("--evasive-devices") { Description = "Use any path to a device node when the one it was opened by is gone." };
        var shellJob = new Option<bool>("--shell-job", "-j") { Description = "Allow a session or terminal that is led from outside the container." };
        var manageCgroups = WordOption.Of(
            "--manage-cgroups", "How much of the cgroups to dump (default: soft).", ("ignore", CriuManageCgroups.Ignore), ("none", CriuManageCgroups.None),
            ("props", CriuManageCgroups.Props), ("soft", CriuManageCgroups.Soft), ("full", CriuManageCgroups.Full), ("strict", CriuManageCgroups.Strict));
        manageCgroups.DefaultValueFactory = _ => CriuManageCgroups.Soft;
        var networkLock = LockOption.Build("What becomes of packets while the container stands still (default: hold, which drops none).");
        var netns = WordOption.Of("--netns", "Who saves the network namespace (default: this command where it can do so faithfully).", s_capture);
        var tmpfs = WordOption.Of("--tmpfs", "Who saves private tmpfs such as /dev (default: this command where it can do so faithfully).", s_capture);
        var external = new Option<string[]>("--external")
        {
            Description = "A further external resource, in criu's syntax; may be repeated.",
            HelpName = "RES",
            DefaultValueFactory = _ => [],
        };
        var logFile = new Option<string>("--log-file", "-o")
        {
            Description = "criu's log in the images directory.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "dump.log",
        };
        var timeout = new Option<int?>("--timeout") { Description = "Seconds that freezing may take.", HelpName = "SECONDS" };
        var stallTimeout = new Option<int?>("--stall-timeout")
        {
            Description =
                "Seconds that criu may do nothing at all while the container stands still, before it is ended and the container goes on (default: 120).",
            HelpName = "SECONDS",
        };
        var force = new Option<bool>("--force") { Description = "Go on although the pre-flight (see check) found something that blocks." };
        var rehearse = WordOption.Of(
            "--rehearse",
            "Restore the images once, beside the container that stands still, before it is let go; where that fails it runs on (default: auto, whenever it "
            + "would be gone; ahead: images that are made for it a moment before, beside the container that runs).",
            ("auto", RehearsalMode.Auto), ("always", RehearsalMode.Always), ("ahead", RehearsalMode.Ahead), ("never", RehearsalMode.Never));
        var rehearsalTimeout = new Option<int?>("--rehearsal-timeout")
        {
            Description = "Seconds that the rehearsal may take (default: 60).",
            HelpName = "SECONDS",
        };
        var commitCommand = new Option<string?>("--commit-command")
        {
            Description =
                "Run this program with the images directory and the container's name while the container stands still: if it fails, or is silent too long, "
                + "the container runs on.",
            HelpName = "PROGRAM",
        };
        var commitTimeout = new Option<int?>("--commit-timeout") { Description = "Seconds that it may take (default: 60).", HelpName = "SECONDS" };
        var store = new StoreOption();
        var timeline = new TimelineOption();
        var metrics = new MetricsOption();
        var common = new CommonOptions();
        var command = new Command("checkpoint",
            "Checkpoint a running container; it is gone afterwards, runs on with --leave-running, or comes back at once with --restore.")
        {
            imagesDir, label, sign, leaveRunning, restore, preCopy, maxRounds, maxPause, tcpEstablished, tcpClose, fileLocks, linkRemap, ghostLimit, evasive,
            shellJob, manageCgroups, networkLock, netns, tmpfs, external, logFile, timeout, stallTimeout, force,
            rehearse, rehearsalTimeout, commitCommand, commitTimeout,
        };
        store.AddTo(command);
        selection.AddTo(command);
        timeline.AddTo(command);
        metrics.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(common.Json(parsed), () => metrics.Run(parsed, selection.Shown(parsed), run =>
        {
            var options = new CheckpointOptions
            {
                ImagesDirectory = parsed.GetValue(imagesDir),
                Store = store.Path(parsed),
                Label = parsed.GetValue(label),
                SigningKey = parsed.GetValue(sign),
                LeaveRunning = parsed.GetValue(leaveRunning),
                Restore = parsed.GetValue(restore),
                PreCopy = Copy(parsed.GetValue(preCopy), parsed.GetValue(maxRounds), parsed.GetValue(maxPause)),
                TcpEstablished = parsed.GetValue(tcpEstablished),
                TcpClose = parsed.GetValue(tcpClose),
                FileLocks = parsed.GetValue(fileLocks),
                LinkRemap = parsed.GetValue(linkRemap),
                GhostLimit = parsed.GetValue(ghostLimit),
                EvasiveDevices = parsed.GetValue(evasive),
                ShellJob = parsed.GetValue(shellJob),
                ManageCgroups = parsed.GetValue(manageCgroups),
                Lock = parsed.GetValue(networkLock),
                Network = parsed.GetValue(netns),
                Tmpfs = parsed.GetValue(tmpfs),
                External = parsed.GetValue(external)!,
                LogFile = parsed.GetValue(logFile)!,
                Verbosity = common.Verbosity(parsed),
                Timeline = timeline.IsGiven(parsed),
                Timeout = Seconds(parsed.GetValue(timeout)),
                StallTimeout = Seconds(parsed.GetValue(stallTimeout)),
                Force = parsed.GetValue(force),
                Rehearse = parsed.GetValue(rehearse),
                RehearsalTimeout = Seconds(parsed.GetValue(rehearsalTimeout)),
                CommitCommand = parsed.GetValue(commitCommand),
                CommitTimeout = Seconds(parsed.GetValue(commitTimeout)),
                Criu = common.Criu(parsed),
            };
            using var interruption = new Interruption();
            var result = new Checkpointer(common.Logger<Checkpointer>(parsed))
                .Checkpoint(selection.Reference(parsed), options, common.Progress<CheckpointStep>(parsed), interruption.Token);
            (run.Container, run.Pause, run.Bytes) = (result.Name, result.Timings.Pause, result.ImagesBytes);
            timeline.Write(parsed, result.Timeline);
            if (common.Json(parsed))
                JsonOutput.Write(CheckpointReport.Of(result), CliJson.Default.CheckpointReport);
            else
                CheckpointOutput.Write(result);
            return ExitCode.Done;
        }), permit: "--force tries nevertheless.", store: () => store.Get(parsed)));
        return command;
    }

    private static PreCopy? Copy(bool isWanted, int? rounds, int? milliseconds)
    {
        if (!isWanted)
            return (rounds ?? milliseconds) is null ? null : throw new InvalidOptionException(nameof(PreCopy), "--max-rounds and --max-pause belong to it");
        var copy = new PreCopy();
        return copy with
        {
            MaxRounds = rounds ?? copy.MaxRounds,
            MaxPause = milliseconds is { } most ? TimeSpan.FromMilliseconds(most) : copy.MaxPause,
        };
    }

    private static TimeSpan? Seconds(int? number) => number is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
