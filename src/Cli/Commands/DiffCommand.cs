using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Comparisons;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative diff (-D DIR | NAME[/TIME | /LABEL]) [--pid PID | NAME | -D DIR2 | NAME/TIME | NAME/LABEL]</c>.</summary>
internal static class DiffCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var directories = new Option<string[]>("--images-dir", "-D")
        {
            Description = "The directory of the checkpoint; given twice, it and a later one.",
            HelpName = "DIR",
            DefaultValueFactory = _ => [],
        };
        var words = new Argument<string[]>("WHAT")
        {
            Description = "The checkpoint in the store (NAME, NAME/TIME or NAME/LABEL) unless -D names it; then what it is compared with: a container's NAME, "
                + "NAME/TIME or NAME/LABEL of another checkpoint (default: the container of the first one's NAME).",
            Arity = new ArgumentArity(0, 2),
        };
        var pid = new Option<int?>("--pid", "-t") { Description = "Compare it with the container of this process.", HelpName = "PID" };
        var lxcPath = ContainerCommand.LxcPathOption();
        var store = new StoreOption();
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("diff",
            "Tell how a running container differs from a checkpoint, or one checkpoint from another: tasks, rights, mounts, namespaces, network, rule sets, "
            + "cgroups and limits. Nothing is stopped or changed. Exit code 5 where something differs.")
        {
            directories, pid, lxcPath, json,
        };
        command.Arguments.Add(words);
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            var (named, given) = (result.ValueOf(directories)?.Length ?? 0, result.GetValue(words)?.Length ?? 0);
            var count = named + given + (result.GetResult(pid) is { Implicit: false } ? 1 : 0);
            if (named + given == 0)
                result.AddError("Name the checkpoint: NAME, NAME/TIME or NAME/LABEL of the store, or --images-dir DIR.");
            else if (count > 2)
                result.AddError("Two things are compared: a checkpoint, and a container or another checkpoint.");
            else if (count == 1 && named == 1)
                result.AddError("Name what to compare it with: --pid PID, NAME or a second --images-dir DIR.");
        });
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var images = new List<string>(parsed.GetValue(directories)!);
            string? container = null;
            foreach (var word in parsed.GetValue(words)!)
                if (images.Count == 0 || CheckpointSelection.IsCheckpoint(word))
                    images.Add(CheckpointSelection.Find(store.Get(parsed), word));
                else
                    container = word;
            // A checkpoint of the store alone is compared with its container.
            if (parsed.GetValue(pid) is null && images.Count == 1)
                container ??= parsed.GetValue(words)![0].Split('/')[0];
            var report = images.Count == 2
                ? ContainerComparison.Run(images[0], images[1])
                : ContainerComparison.Run(images[0], ContainerLookup.Reference(parsed.GetValue(pid), container, parsed.GetValue(lxcPath)));
            if (parsed.GetValue(json))
                JsonOutput.Write(report, CliJson.Default.ComparisonReport);
            else
                ComparisonOutput.Write(report);
            return report.Differences.Count == 0 ? ExitCode.Done : ExitCode.Different;
        }, store: () => store.Get(parsed)));
        return command;
    }
}
