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
        var checkpoint = new CheckpointSelection();
        // What stands alone beside a directory is the file.
        checkpoint.Word.CustomParser = result =>
        {
            if (result.GetResult(checkpoint.Directory) is null)
                return result.Tokens[0].Value;
            result.OnlyTake(0);
            return null;
        };
        var file = new Argument<string>("FILE") { Description = "The archive to be made; nothing is overwritten." };
        var compression = WordOption.Of("--compress", "What compresses it (default: zstd).",
            ("zstd", ArchiveCompression.Zstd), ("gzip", ArchiveCompression.Gzip), ("none", ArchiveCompression.None));
        compression.DefaultValueFactory = _ => ArchiveCompression.Zstd;
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("export",
            "Write a checkpoint into one file, for `lxcnative import` on another host; checkpointctl reads it too. The file is root's alone: it holds what was "
            + "in the container's memory. The root file system is not in it.")
        {
            compression, json,
        };
        checkpoint.AddTo(command);
        command.Arguments.Add(file);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            using var interruption = new Interruption();
            var exported = CheckpointExport.Run(checkpoint.Find(parsed), parsed.GetValue(file)!, parsed.GetValue(compression), interruption.Token);
            if (parsed.GetValue(json))
                JsonOutput.Write(exported, CliJson.Default.ExportedCheckpoint);
            else
                Console.Out.WriteLine($"{PrintableText.OneLine(exported.File)} ({Duration.FormatBytes(exported.Bytes)}, sha256:{exported.Sha256})");
            return ExitCode.Done;
        }));
        return command;
    }
}
