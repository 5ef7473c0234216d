using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Comparisons;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative diff -D DIR (--pid PID | NAME | -D DIR2)</c>.</summary>
internal static class DiffCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var directories = new Option<string[]>("--images-dir", "-D")
        {
            Description = "The checkpoint; given twice, it and a later one.",
            HelpName = "DIR",
            Required = true,
        };
        var container = new ContainerSelection();
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("diff",
            "Tell how a running container differs from a checkpoint, or one checkpoint from another: tasks, rights, mounts, namespaces, network, rule sets, "
            + "cgroups and limits. Nothing is stopped or changed. Exit code 5 where something differs.")
        {
            directories,
        };
        container.AddOptionsTo(command);
        command.Options.Add(json);
        command.Validators.Add(result =>
        {
            var others = container.Count(result);
            var count = result.ValueOf(directories)?.Length ?? 0;
            if (count > 2 || others > 1 || (count == 2 && others > 0))
                result.AddError("Two things are compared: a checkpoint, and a container or another checkpoint.");
            else if (count == 1 && others == 0)
                result.AddError("Name what to compare it with: --pid PID, NAME or a second --images-dir DIR.");
        });
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var images = parsed.GetValue(directories)!;
            var report = images.Length == 2
                ? ContainerComparison.Run(images[0], images[1])
                : ContainerComparison.Run(images[0], container.Reference(parsed));
            if (parsed.GetValue(json))
                JsonOutput.Write(report, CliJson.Default.ComparisonReport);
            else
                ComparisonOutput.Write(report);
            return report.Differences.Count == 0 ? ExitCode.Done : ExitCode.Different;
        }));
        return command;
    }
}
