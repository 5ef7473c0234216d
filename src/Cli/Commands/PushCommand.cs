using System.CommandLine;
using LxcNative.Cli.Metrics;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Registries;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative push (-D DIR | NAME[/TIME | /LABEL]) REGISTRY/REPOSITORY:TAG</c>.</summary>
internal static class PushCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var checkpoint = new CheckpointSelection().BeforeAnother();
        var registry = new RegistrySelection();
        var compression = CompressionOption.Build();
        var withRoot = RootTransfer.With();
        var output = new TransferOutput();
        var metrics = new MetricsOption();
        var command = new Command("push",
            "Bring a checkpoint to a registry, as an image of one layer, for `lxcnative pull` on another host; prints the image with its digest. Whoever "
            + "may pull it has what was in the container's memory.")
        {
            withRoot, compression,
        };
        output.AddTo(command);
        metrics.AddTo(command);
        checkpoint.AddTo(command);
        registry.AddTo(command, "What the image shall be called; one of that tag is replaced.");
        command.SetAction(parsed => CommandAction.Run(output.IsJson(parsed), () => metrics.Run(parsed, checkpoint.Shown(parsed), run => output.Run(parsed,
            (progress, token) =>
            {
                var pushed = CheckpointPush.Run(
                    checkpoint.Find(parsed), registry.Image(parsed), registry.Options(parsed), parsed.GetValue(compression), parsed.GetValue(withRoot),
                    progress, token);
                (run.Container, run.Bytes) = (pushed.Container, pushed.Bytes);
                return pushed;
            },
            CliJson.Default.PushedCheckpoint, pushed => PrintableText.OneLine(pushed.Image),
            pushed => RootTransfer.Tell(pushed.Root)))));
        return command;
    }
}
