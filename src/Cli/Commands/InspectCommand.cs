using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative inspect (--pid PID | NAME | -D DIR)</c>.</summary>
internal static class InspectCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var selection = new ContainerSelection();
        var imagesDir = new Option<DirectoryInfo?>("--images-dir", "-D")
        {
            Description = "Look at a checkpoint instead of a running container.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("inspect", "Show a container's processes, namespaces, mounts, network devices, cgroups and sockets.") { imagesDir, json };
        selection.AddTo(command, imagesDir);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var container = parsed.GetValue(imagesDir) is { } directory ? CheckpointManifest.Read(directory.FullName).Container : selection.Find(parsed);
            if (parsed.GetValue(json))
                JsonOutput.Write(container, CliJson.Default.Container);
            else
                ContainerOutput.Write(container);
            return ExitCode.Done;
        }));
        return command;
    }
}
