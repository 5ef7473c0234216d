using System.CommandLine;
using LxcNative.Cli.Metrics;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Registries;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative pull REGISTRY/REPOSITORY:TAG [-D DIR]</c>.</summary>
internal static class PullCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var directory = new Option<string?>("--images-dir", "-D")
        {
            Description = "A new or empty directory for the checkpoint (default: NAME/TIME in the store).",
            HelpName = "DIR",
        };
        var registry = new RegistrySelection();
        var root = RootTransfer.Place();
        var output = new TransferOutput();
        var metrics = new MetricsOption();
        var store = new StoreOption();
        var command = new Command("pull",
            "Take in a checkpoint that `lxcnative push` brought to a registry; prints how `restore` names it. Everything that comes is checked, but "
            + "restoring it runs its programs as root: pull only what comes from where you trust.")
        {
            directory, root,
        };
        output.AddTo(command);
        metrics.AddTo(command);
        store.AddTo(command);
        registry.AddTo(command, "The image, or ...@sha256:DIGEST for exactly one.");
        command.SetAction(parsed => CommandAction.Run(output.IsJson(parsed), () => metrics.Run(parsed, registry.Image(parsed).Repository,
            run => output.Run(parsed, (progress, token) =>
            {
                var pulled = CheckpointPull.Run(registry.Image(parsed), store.Get(parsed), registry.Options(parsed), parsed.GetValue(directory),
                    parsed.GetValue(root), progress, token);
                (run.Container, run.Bytes) = (pulled.Container, pulled.Bytes);
                return pulled;
            },
            CliJson.Default.PulledCheckpoint, pulled => PrintableText.OneLine(pulled.Reference ?? pulled.ImagesDirectory),
            pulled => RootTransfer.Tell(pulled.HasRoot, pulled.Root)))));
        return command;
    }
}
