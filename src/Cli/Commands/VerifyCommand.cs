using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative verify (-D DIR | NAME[/TIME | /LABEL]) [--verify-key KEY] [--json]</c>.</summary>
internal static class VerifyCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var checkpoint = new CheckpointSelection();
        var key = VerifyKeyOption.Build();
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("verify",
            "Read all images of a checkpoint, and tell whether they are what it wrote: by their names, sizes and SHA-256. Exit code 3 when they are not.")
        {
            key, json,
        };
        checkpoint.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json),
            () => CheckOutput.Write(ImagesVerification.Run(checkpoint.Find(parsed), parsed.GetValue(key)), [], parsed.GetValue(json),
                nothing: "every image is what the checkpoint wrote")));
        return command;
    }
}
