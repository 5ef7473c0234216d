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
        var pid = new Option<int?>("--pid", "-t") { Description = "A process of the container: any one, as the host sees it.", HelpName = "PID" };
        var name = new Argument<string?>("NAME") { Description = "The container's LXC name.", Arity = ArgumentArity.ZeroOrOne };
        var lxcPath = new Option<string?>("--lxcpath", "-P")
        {
            Description = "Where LXC keeps the container (default: lxc.lxcpath, else /var/lib/lxc).",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("diff",
            "Tell how a running container differs from a checkpoint, or one checkpoint from another: tasks, rights, mounts, namespaces, network, rule sets, "
            + "cgroups and limits. Nothing is stopped or changed. Exit code 5 where something differs.")
        {
            directories, pid, lxcPath, json, name,
        };
        command.Validators.Add(result =>
        {
            var others = (result.GetValue(pid) is not null ? 1 : 0) + (result.GetValue(name) is not null ? 1 : 0);
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
                : ContainerComparison.Run(images[0], ContainerLookup.Reference(parsed.GetValue(pid), parsed.GetValue(name), parsed.GetValue(lxcPath)));
            if (parsed.GetValue(json))
                JsonOutput.Write(report, CliJson.Default.ComparisonReport);
            else
                ComparisonOutput.Write(report);
            return report.Differences.Count == 0 ? ExitCode.Done : ExitCode.Different;
        }));
        return command;
    }
}
