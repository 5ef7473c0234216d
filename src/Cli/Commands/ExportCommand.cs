using System.CommandLine;
using LxcNative.Cli.Metrics;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Storage.Transfer;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative export (-D DIR | NAME[/TIME | /LABEL]) FILE</c>.</summary>
internal static class ExportCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var checkpoint = new CheckpointSelection().BeforeAnother();
        var file = new Argument<string>("FILE") { Description = "The archive to be made; nothing is overwritten." };
        var compression = CompressionOption.Build();
        var withRoot = RootTransfer.With();
        var output = new TransferOutput();
        var metrics = new MetricsOption();
        var command = new Command("export",
            "Write a checkpoint into one file, for `lxcnative import` on another host; checkpointctl reads it too. The file is root's alone: it holds what was "
            + "in the container's memory.")
        {
            withRoot, compression,
        };
        output.AddTo(command);
        metrics.AddTo(command);
        checkpoint.AddTo(command);
        command.Arguments.Add(file);
        command.SetAction(parsed => CommandAction.Run(output.IsJson(parsed), () => metrics.Run(parsed, checkpoint.Shown(parsed), run => output.Run(parsed,
            (progress, token) =>
            {
                var exported = CheckpointExport.Run(checkpoint.Find(parsed), parsed.GetValue(file)!, parsed.GetValue(compression), parsed.GetValue(withRoot),
                    progress, token);
                (run.Container, run.Bytes) = (exported.Container, exported.Bytes);
                return exported;
            },
            CliJson.Default.ExportedCheckpoint,
            exported => $"{PrintableText.OneLine(exported.File)} ({Duration.FormatBytes(exported.Bytes)}, sha256:{exported.Sha256})",
            exported => RootTransfer.Tell(exported.Root)))));
        return command;
    }
}
