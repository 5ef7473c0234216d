using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative checkpoint (--pid PID | NAME)</c>.</summary>
internal static class CheckpointCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var selection = new ContainerSelection();
        var imagesDir = new Option<string?>("--images-dir", "-D") { Description = "A new or empty directory for the images (default: a new one under /var/lib/lxcnative/NAME).", HelpName = "DIR" };
        var leaveRunning = new Option<bool>("--leave-running", "-R") { Description = "Let the container run on." };
        var tcpEstablished = new Option<bool>("--tcp-established") { Description = "Keep established TCP connections.", DefaultValueFactory = _ => true };
        var tcpClose = new Option<bool>("--tcp-close") { Description = "Dump established TCP connections as closed." };
        var fileLocks = new Option<bool>("--file-locks", "-l") { Description = "Dump file locks.", DefaultValueFactory = _ => true };
        var linkRemap = new Option<bool>("--link-remap") { Description = "Give files that were opened by a name that is gone a temporary one.", DefaultValueFactory = _ => true };
        var ghostLimit = new Option<string?>("--ghost-limit") { Description = "Largest unlinked open file to put into the images, with K, M or G (default: 1M).", HelpName = "SIZE" };
        var evasive = new Option<bool>("--evasive-devices") { Description = "Use any path to a device node when the one it was opened by is gone." };
        var shellJob = new Option<bool>("--shell-job", "-j") { Description = "Allow a session or terminal that is led from outside the container." };
        var manageCgroups = new Option<CriuManageCgroups>("--manage-cgroups") { Description = "How much of the cgroups to dump.", HelpName = "MODE", DefaultValueFactory = _ => CriuManageCgroups.Soft };
        var netns = new Option<CaptureMode>("--netns") { Description = "Who saves the network namespace (default: this command where it can do so faithfully).", HelpName = "native|criu" };
        var tmpfs = new Option<CaptureMode>("--tmpfs") { Description = "Who saves private tmpfs such as /dev (default: this command where it can do so faithfully).", HelpName = "native|criu" };
        var external = new Option<string[]>("--external") { Description = "A further external resource, in criu's syntax; may be repeated.", HelpName = "RES", DefaultValueFactory = _ => [] };
        var logFile = new Option<string>("--log-file", "-o") { Description = "criu's log in the images directory.", HelpName = "FILE", DefaultValueFactory = _ => "dump.log" };
        var timeout = new Option<int?>("--timeout") { Description = "Seconds that freezing may take.", HelpName = "SECONDS" };
        var force = new Option<bool>("--force") { Description = "Go on although the pre-flight (see check) found something that blocks." };
        var timeline = new TimelineOption();
        var common = new CommonOptions();
        var command = new Command("checkpoint", "Checkpoint a running container; it is gone afterwards, or runs on with --leave-running.")
        {
            imagesDir, leaveRunning, tcpEstablished, tcpClose, fileLocks, linkRemap, ghostLimit, evasive, shellJob, manageCgroups, netns, tmpfs, external, logFile, timeout, force,
        };
        selection.AddTo(command);
        timeline.AddTo(command);
        common.AddTo(command);
        command.Validators.Add(result => FileNameRule.Check(result.GetValue(logFile), result));
        command.SetAction(parsed => CommandAction.Run(common.Json(parsed), () =>
        {
            var options = new CheckpointOptions
            {
                ImagesDirectory = parsed.GetValue(imagesDir),
                LeaveRunning = parsed.GetValue(leaveRunning),
                TcpEstablished = parsed.GetValue(tcpEstablished),
                TcpClose = parsed.GetValue(tcpClose),
                FileLocks = parsed.GetValue(fileLocks),
                LinkRemap = parsed.GetValue(linkRemap),
                GhostLimit = ByteSize.Parse(parsed.GetValue(ghostLimit)),
                EvasiveDevices = parsed.GetValue(evasive),
                ShellJob = parsed.GetValue(shellJob),
                ManageCgroups = parsed.GetValue(manageCgroups),
                Network = parsed.GetValue(netns),
                Tmpfs = parsed.GetValue(tmpfs),
                External = parsed.GetValue(external)!,
                LogFile = parsed.GetValue(logFile)!,
                Verbosity = common.Verbosity(parsed),
                Timeline = timeline.IsGiven(parsed),
                Timeout = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Force = parsed.GetValue(force),
                Criu = common.Criu(parsed),
            };
            using var interruption = new Interruption();
            var result = new Checkpointer(common.Logger<Checkpointer>(parsed)).Checkpoint(() => selection.Find(parsed), options, common.Progress<CheckpointStep>(parsed), interruption.Token);
            timeline.Write(parsed, result.Timeline);
            if (common.Json(parsed))
                JsonOutput.Write(result, CliJson.Default.CheckpointResult);
            else
                CheckpointOutput.Write(result);
            return ExitCode.Done;
        }));
        return command;
    }
}
