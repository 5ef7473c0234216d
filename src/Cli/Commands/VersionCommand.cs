using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Engines;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("version", "Show the versions of this command, the kernel, libcriu and criu, and where each was found.") { json };
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            VersionOutput.Write(VersionReport.Collect(CriuPlaces.Usual), parsed.GetValue(json));
            return ExitCode.Done;
        }));
        return command;
    }
}
