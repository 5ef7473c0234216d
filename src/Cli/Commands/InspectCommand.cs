using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative inspect (--pid PID | NAME | NAME/TIME | NAME/LABEL | -D DIR)</c>.</summary>
internal static class InspectCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var selection = new ContainerSelection("The container's LXC name; with /TIME or /LABEL a checkpoint of it in the store.");
        var store = new StoreOption();
        var imagesDir = new Option<DirectoryInfo?>("--images-dir", "-D")
        {
            Description = "Look at a checkpoint instead of a running container.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("inspect", "Show a container's processes, namespaces, mounts, network devices, cgroups and sockets.") { imagesDir, json };
        selection.AddTo(command, imagesDir);
        store.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var images = parsed.GetValue(imagesDir)?.FullName
                ?? (selection.Name(parsed) is { } word && CheckpointSelection.IsCheckpoint(word) ? CheckpointSelection.Find(store.Get(parsed), word) : null);
            var container = images is null ? selection.Find(parsed) : CheckpointManifest.Read(images).Container;
            if (parsed.GetValue(json))
                JsonOutput.Write(container, CliJson.Default.Container);
            else
                ContainerOutput.Write(container);
            return ExitCode.Done;
        }, store: () => store.Get(parsed)));
        return command;
    }
}
