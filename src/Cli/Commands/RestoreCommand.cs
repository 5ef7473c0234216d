using System.CommandLine;
using LxcNative.Cli.Metrics;
using LxcNative.Cli.Output;
using LxcNative.Cli.Output.Reports;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative restore (-D DIR | NAME[/TIME | /LABEL])</c>.</summary>
internal static class RestoreCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var checkpoint = new CheckpointSelection();
        var root = new Option<string?>("--root", "-r") { Description = "The container's root (default: where it was).", HelpName = "PATH" };
        var vethPair = Parsed("--veth-pair", "IN=OUT[@BRIDGE]",
            "The name of a device's host end, and its bridge (default: what they were); may be repeated.", VethPairOption.Parse);
        var another = new Option<string?>("--name")
        {
            Description =
                "Restore it under another name, beside the container that was checkpointed: with its own MACs, host ends, cgroups, directory of LXC's and an "
                + "overlay over the other's root (or --root); established connections are closed in it.",
            HelpName = "NEW",
        };
        var addresses = Parsed("--address", "[DEVICE=]CIDR",
            "With --name: an address, in the place of the other's of the same family (default device: the first); may be repeated.", CloneAddress.Parse);
        var hardwareAddress = new Option<string?>("--hwaddr")
        {
            Description = "With --name: the first device's MAC (default: a random one).",
            HelpName = "MAC",
        };
        var hostName = new Option<string?>("--hostname") { Description = "With --name: the host name (default: its name).", HelpName = "NAME" };
        var lsmProfile = new Option<string?>("--lsm-profile")
        {
            Description =
                "Another profile of a security module for all tasks (apparmor:PROFILE, selinux:LABEL), or none to restore them unconfined (default: what each "
                + "had).",
            HelpName = "TYPE:NAME",
        };
        var external = new Option<string[]>("--external")
        {
            Description = "Where an external resource of the checkpoint comes from, in criu's syntax, such as mnt[KEY]:PATH; may be repeated.",
            HelpName = "RES",
            DefaultValueFactory = _ => [],
        };
        var tcpClose = new Option<bool>("--tcp-close") { Description = "Bring established TCP connections back as closed." };
        var verify = new Option<bool>("--verify")
        {
            Description = "Compare it with its checkpoint before any of it runs, and tell what differs.",
        };
        var strict = new Option<bool>("--strict")
        {
            Description = "The same, and end it before anything of it has run where something differs.",
        };
        var acceptChanged = new Option<bool>("--accept-changed-files")
        {
            Description = "Take files that were written since the checkpoint as they are now; programs that have changed are refused all the same.",
        };
        var checkHashes = new Option<bool>("--check-hashes")
        {
            Description = "Compare every image with its checksum first; with --verify-key with its SHA-256, about a second for each GiB.",
            DefaultValueFactory = _ => true,
        };
        var verifyKey = VerifyKeyOption.Build();
        var networkLock = LockOption.Build("What becomes of packets that come before the container runs (default: hold, which drops none).");
        var detached = new Option<bool>("--restore-detached", "-d") { Description = "Leave the container to the host's init, without a monitor of its own." };
        var pidFile = new Option<string?>("--pidfile") { Description = "Write the host-side pid of the container's init there.", HelpName = "FILE" };
        var logFile = new Option<string>("--log-file", "-o")
        {
            Description = "criu's log in the images directory.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "restore.log",
        };
        var timeline = new TimelineOption();
        var metrics = new MetricsOption();
        var common = new CommonOptions();
        var command = new Command("restore",
            "Restore a checkpoint; prints the host-side pid of the container's init. Ctrl-C stops it while nothing is made yet; from then on it comes to its "
            + "end, by its monitor even where the command is ended by a second Ctrl-C.")
        {
            root, another, addresses, hardwareAddress, hostName, vethPair, lsmProfile, external, tcpClose, verify, strict, acceptChanged, checkHashes,
            verifyKey, networkLock, detached, pidFile, logFile,
        };
        checkpoint.AddTo(command);
        timeline.AddTo(command);
        metrics.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(common.Json(parsed), () => metrics.Run(parsed, checkpoint.Shown(parsed), run =>
        {
            var directory = checkpoint.Find(parsed);
            var options = new RestoreOptions
            {
                Root = parsed.GetValue(root),
                Name = parsed.GetValue(another),
                Addresses = parsed.GetValue(addresses)!,
                HardwareAddress = parsed.GetValue(hardwareAddress),
                HostName = parsed.GetValue(hostName),
                VethPairs = parsed.GetValue(vethPair)!,
                LsmProfile = parsed.GetValue(lsmProfile),
                External = parsed.GetValue(external)!,
                TcpClose = parsed.GetValue(tcpClose),
                Verify = parsed.GetValue(verify),
                Strict = parsed.GetValue(strict),
                AcceptChangedFiles = parsed.GetValue(acceptChanged),
                CheckHashes = parsed.GetValue(checkHashes),
                VerifyKey = parsed.GetValue(verifyKey),
                Lock = parsed.GetValue(networkLock),
                Detached = parsed.GetValue(detached),
                PidFile = parsed.GetValue(pidFile),
                LogFile = parsed.GetValue(logFile)!,
                Verbosity = common.Verbosity(parsed),
                Timeline = timeline.IsGiven(parsed),
                Criu = common.Criu(parsed),
            };
            using var interruption = new Interruption();
            var result = new Restorer(common.Logger<Restorer>(parsed)).Restore(directory, options, common.Progress<RestoreStep>(parsed), interruption.Token);
            run.Container = result.Name;
            timeline.Write(parsed, result.Timeline);
            if (common.Json(parsed))
                JsonOutput.Write(RestoreReport.Of(result), CliJson.Default.RestoreReport);
            else
                RestoreOutput.Write(result);
            return ExitCode.Done;
        })));
        return command;
    }

    private static Option<T[]> Parsed<T>(string name, string helpName, string description, Func<string, T> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(token => parse(token.Value))];
            }
            catch (FormatException e)
            {
                result.AddError(e.Message);
                return [];
            }
        },
        DefaultValueFactory = _ => [],
    };
}
