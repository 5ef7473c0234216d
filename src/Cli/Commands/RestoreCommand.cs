using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative restore (-D DIR | NAME)</c>.</summary>
internal static class RestoreCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var imagesDir = new Option<string?>("--images-dir", "-D") { Description = "The directory with the images.", HelpName = "DIR" };
        var name = new Argument<string?>("NAME") { Description = "Take the newest checkpoint of this container under /var/lib/lxcnative.", Arity = ArgumentArity.ZeroOrOne };
        var root = new Option<string?>("--root", "-r") { Description = "The container's root (default: where it was).", HelpName = "PATH" };
        var vethPair = new Option<VethPairOption[]>("--veth-pair")
        {
            Description = "The name of a device's host end, and its bridge (default: what they were); may be repeated.",
            HelpName = "IN=OUT[@BRIDGE]",
            CustomParser = result =>
            {
                try
                {
                    return [.. result.Tokens.Select(token => VethPairOption.Parse(token.Value))];
                }
                catch (FormatException e)
                {
                    result.AddError(e.Message);
                    return [];
                }
            },
            DefaultValueFactory = _ => [],
        };
        var lsmProfile = new Option<string?>("--lsm-profile")
        {
            Description = "Another profile of a security module for all tasks (apparmor:PROFILE, selinux:LABEL), or none to restore them unconfined (default: what each had).",
            HelpName = "TYPE:NAME",
        };
        var detached = new Option<bool>("--restore-detached", "-d") { Description = "Leave the container to the host's init, without a monitor of its own." };
        var pidFile = new Option<string?>("--pidfile") { Description = "Write the host-side pid of the container's init there.", HelpName = "FILE" };
        var logFile = new Option<string>("--log-file", "-o") { Description = "criu's log in the images directory.", HelpName = "FILE", DefaultValueFactory = _ => "restore.log" };
        var timeline = new TimelineOption();
        var common = new CommonOptions();
        var command = new Command("restore", "Restore a checkpoint; prints the host-side pid of the container's init.") { imagesDir, root, vethPair, lsmProfile, detached, pidFile, logFile, name };
        timeline.AddTo(command);
        common.AddTo(command);
        command.Validators.Add(result =>
        {
            OptionLookAlike.Check(result.GetValue(name), result);
            FileNameRule.Check(result.GetValue(logFile), result);
            if (result.GetValue(lsmProfile) is { } profile && profile != RestoreOptions.Unconfined && !IsLsmProfile(profile))
                result.AddError($"--lsm-profile \"{profile}\": give apparmor:PROFILE, selinux:LABEL or {RestoreOptions.Unconfined}");
            if (result.GetValue(imagesDir) is null == result.GetValue(name) is null)
                result.AddError("Name the checkpoint: either --images-dir DIR or the container's NAME.");
        });
        command.SetAction(parsed => CommandAction.Run(common.Json(parsed), () =>
        {
            var directory = parsed.GetValue(imagesDir) ?? ImageStore.Newest(parsed.GetValue(name)!)
                ?? throw new CheckpointRefusedException($"there is no checkpoint of {parsed.GetValue(name)} under {ImageStore.DefaultPath}");
            var options = new RestoreOptions
            {
                Root = parsed.GetValue(root),
                VethPairs = parsed.GetValue(vethPair)!,
                LsmProfile = parsed.GetValue(lsmProfile),
                Detached = parsed.GetValue(detached),
                PidFile = parsed.GetValue(pidFile),
                LogFile = parsed.GetValue(logFile)!,
                Verbosity = common.Verbosity(parsed),
                Timeline = timeline.IsGiven(parsed),
                Criu = common.Criu(parsed),
            };
            using var interruption = new Interruption();
            var result = new Restorer(common.Logger<Restorer>(parsed)).Restore(directory, options, common.Progress<RestoreStep>(parsed), interruption.Token);
            timeline.Write(parsed, result.Timeline);
            if (common.Json(parsed))
                JsonOutput.Write(result, CliJson.Default.RestoreResult);
            else
                RestoreOutput.Write(result);
            return ExitCode.Done;
        }));
        return command;
    }

    private static bool IsLsmProfile(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && text[..colon] is "apparmor" or "selinux" && colon + 1 < text.Length;
}
