using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative export (-D DIR | NAME[/TIME | /LABEL]) FILE</c>.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var directory = new Option<string?>("--images-dir", "-D") { Description = "The directory of the checkpoint.", HelpName = "DIR" };
        var name = new Argument<string?>("CHECKPOINT")
        {
            Description = "NAME for the newest checkpoint of this container in the store; NAME/TIME or NAME/LABEL for another.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result =>
            {
                // What stands alone beside a directory is the file.
                if (result.GetResult(directory) is null)
                    return result.Tokens[0].Value;
                result.OnlyTake(0);
                return null;
            },
        };
        var file = new Argument<string>("FILE") { Description = "The archive to be made; nothing is overwritten." };
        var compression = WordOption.Of("--compress", "What compresses it (default: zstd).",
            ("zstd", ArchiveCompression.Zstd), ("gzip", ArchiveCompression.Gzip), ("none", ArchiveCompression.None));
        compression.DefaultValueFactory = _ => ArchiveCompression.Zstd;
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var store = new StoreOption();
        var command = new Command("export",
            "Write a checkpoint into one file, for `lxcnative import` on another host; checkpointctl reads it too. The file is root's alone: it holds what was "
            + "in the container's memory. The root file system is not in it.")
        {
            directory, compression, json, name, file,
        };
        store.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            using var interruption = new Interruption();
            var exported = CheckpointExport.Run(parsed.GetValue(directory) ?? store.Get(parsed).Find(parsed.GetValue(name)!), parsed.GetValue(file)!,
                parsed.GetValue(compression), interruption.Token);
            if (parsed.GetValue(json))
                JsonOutput.Write(exported, CliJson.Default.ExportedCheckpoint);
            else
                Console.Out.WriteLine($"{PrintableText.OneLine(exported.File)} ({Duration.FormatBytes(exported.Bytes)}, sha256:{exported.Sha256})");
            return ExitCode.Done;
        }));
        return command;
    }
}
