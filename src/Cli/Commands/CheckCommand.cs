using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative check [--pid PID | NAME | NAME/TIME | NAME/LABEL | -D DIR | --explain ID]</c>.</summary>
internal static class CheckCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var pid = new Option<int?>("--pid", "-t") { Description = "Look at the container of this process.", HelpName = "PID" };
        var name = new Argument<string?>("NAME")
        {
            Description = "Look at the container of this LXC name; with /TIME or /LABEL at a checkpoint of it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var lxcPath = new Option<string?>("--lxcpath", "-P") { Description = "Where LXC keeps the container.", HelpName = "DIR" };
        var store = new StoreOption();
        var imagesDir = new Option<string?>("--images-dir", "-D")
        {
            Description = "Look whether the checkpoint in this directory can be restored here and now.",
            HelpName = "DIR",
        };
        var explain = new Option<string?>("--explain") { Description = "Explain a finding, e.g. LXN030.", HelpName = "ID" };
        var fix = new Option<bool>("--fix") { Description = "Carry out safe remedies in the container: unmount what criu cannot dump and nobody uses." };
        var force = new Option<bool>("--force") { Description = "With --rehearse: rehearse although something is known to block." };
        var rehearse = new Option<bool>("--rehearse")
        {
            Description =
                "Rehearse the restore beside whatever runs, up to the moment before anything of it would run; a container is checkpointed for it, left "
                + "running, and stands still meanwhile.",
        };
        var leaveRunning = new Option<bool>("--leave-running", "-R") { Description = "The checkpoint would leave the container running." };
        var tcpEstablished = new Option<bool>("--tcp-established")
        {
            Description = "It would keep established TCP connections.",
            DefaultValueFactory = _ => true,
        };
        var tcpClose = new Option<bool>("--tcp-close") { Description = "It would close them." };
        var fileLocks = new Option<bool>("--file-locks", "-l") { Description = "It would dump file locks.", DefaultValueFactory = _ => true };
        var linkRemap = new Option<bool>("--link-remap")
        {
            Description = "It would give files without a name a temporary one.",
            DefaultValueFactory = _ => true,
        };
        var ghostLimit = ByteSize.GhostLimit("It would take unlinked files up to this size.");
        var shellJob = new Option<bool>("--shell-job", "-j") { Description = "It would allow a session that is led from outside." };
        var evasive = new Option<bool>("--evasive-devices") { Description = "It would use any path to a device." };
        var netns = new Option<CaptureMode>("--netns") { Description = "It would have the network namespace saved so.", HelpName = "native|criu" };
        var external = new Option<string[]>("--external")
        {
            Description = "It would name this external resource; may be repeated.",
            HelpName = "RES",
            DefaultValueFactory = _ => [],
        };
        var common = new CommonOptions();
        var command = new Command("check",
            "Tell what criu would refuse, before anything is frozen: of a container, of images, or (with neither) of this host. Exit code 3 when something "
            + "blocks.")
        {
            pid, lxcPath, imagesDir, explain, fix, rehearse, force, leaveRunning, tcpEstablished, tcpClose, fileLocks, linkRemap, ghostLimit, shellJob,
            evasive, netns, external,
        };
        command.Arguments.Add(name);
        store.AddTo(command);
        common.AddTo(command);
        command.Validators.Add(result =>
        {
            var given = new object?[] { result.ValueOf(pid), result.GetValue(name), result.ValueOf(imagesDir), result.ValueOf(explain) }
                .Count(one => one is not null);
            if (given > 1)
                result.AddError("Name one thing to look at: --pid PID, NAME, --images-dir DIR or --explain ID; or none of them for this host.");
            if (result.ValueOf(rehearse) && (given == 0 || result.ValueOf(explain) is not null || result.ValueOf(fix)))
                result.AddError("--rehearse needs images or a container: --images-dir DIR, --pid PID or NAME; and no --fix beside it.");
            if (result.ValueOf(force) && !result.ValueOf(rehearse))
                result.AddError("--force belongs to --rehearse.");
            if (result.ValueOf(fix) && result.ValueOf(pid) is null && (result.GetValue(name) is not { } one || CheckpointSelection.IsCheckpoint(one)))
                result.AddError("--fix needs a container: --pid PID or NAME.");
        });
        command.SetAction(parsed => CommandAction.Run(common.Json(parsed), () =>
        {
            var json = common.Json(parsed);
            if (parsed.GetValue(explain) is { } id)
                return CheckOutput.Explain(id, json);
            var word = parsed.GetValue(name);
            var images = parsed.GetValue(imagesDir) ?? (CheckpointSelection.IsCheckpoint(word) ? CheckpointSelection.Find(store.Get(parsed), word!) : null);
            if (images is { } directory)
            {
                var restore = new RestoreOptions { Criu = common.Criu(parsed) };
                return CheckOutput.Write(parsed.GetValue(rehearse) ? ImagesCheck.Rehearse(directory, restore) : ImagesCheck.Run(directory, restore), [], json);
            }

            if (parsed.GetValue(pid) is null && word is null)
                return CheckOutput.Write(HostCheck.Run(common.Criu(parsed)), [], json);
            var options = new CheckpointOptions
            {
                LeaveRunning = parsed.GetValue(leaveRunning),
                TcpEstablished = parsed.GetValue(tcpEstablished),
                TcpClose = parsed.GetValue(tcpClose),
                FileLocks = parsed.GetValue(fileLocks),
                LinkRemap = parsed.GetValue(linkRemap),
                GhostLimit = parsed.GetValue(ghostLimit),
                ShellJob = parsed.GetValue(shellJob),
                EvasiveDevices = parsed.GetValue(evasive),
                Network = parsed.GetValue(netns),
                External = parsed.GetValue(external)!,
            };
            if (parsed.GetValue(rehearse))
            {
                using var interruption = new Interruption();
                return CheckOutput.Write(RehearsedCheck.Run(ContainerLookup.Reference(parsed.GetValue(pid), word, parsed.GetValue(lxcPath)),
                    options with { Force = parsed.GetValue(force), Criu = common.Criu(parsed) }, interruption.Token), [], json);
            }

            var (report, fixes) = Look(ContainerLookup.Reference(parsed.GetValue(pid), word, parsed.GetValue(lxcPath)), options,
                parsed.GetValue(fix));
            return CheckOutput.Write(report, fixes, json);
        }, store: () => store.Get(parsed)));
        return command;
    }

    private static (PreflightReport Report, IReadOnlyList<FixAction> Fixes) Look(ContainerReference reference, CheckpointOptions options, bool fix)
    {
        var report = PreflightCheck.Run(reference, options);
        if (!fix)
            return (report, []);
        var fixes = PreflightFix.Apply(reference.Find(), report.Findings);
        return (fixes.Count == 0 ? report : PreflightCheck.Run(reference, options), fixes);
    }
}
