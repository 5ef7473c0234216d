using System.CommandLine;
using LxcNative.Cli.Metrics;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative import FILE [-D DIR]</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "The archive; what it is compressed with is found out." };
        var directory = new Option<string?>("--images-dir", "-D")
        {
            Description = "A new or empty directory for the checkpoint (default: NAME/TIME in the store).",
            HelpName = "DIR",
        };
        var root = RootTransfer.Place();
        var output = new TransferOutput();
        var metrics = new MetricsOption();
        var store = new StoreOption();
        var command = new Command("import",
            "Take in a checkpoint that `lxcnative export` wrote; prints how `restore` names it. Everything in the file is checked, but restoring it runs its "
            + "programs as root: import only what comes from where you trust.")
        {
            directory, root, file,
        };
        output.AddTo(command);
        metrics.AddTo(command);
        store.AddTo(command);
        // Whose it is, is in the file.
        command.SetAction(parsed => CommandAction.Run(output.IsJson(parsed), () => metrics.Run(parsed, "", run => output.Run(parsed,
            (progress, token) =>
            {
                var imported = CheckpointImport.Run(
                    parsed.GetValue(file)!, store.Get(parsed), parsed.GetValue(directory), parsed.GetValue(root), progress, token);
                (run.Container, run.Bytes) = (imported.Container, imported.Bytes);
                return imported;
            },
            CliJson.Default.ImportedCheckpoint, imported => PrintableText.OneLine(imported.Reference ?? imported.ImagesDirectory),
            imported => RootTransfer.Tell(imported.HasRoot, imported.Root)))));
        return command;
    }
}
