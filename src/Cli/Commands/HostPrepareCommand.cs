using System.CommandLine;
using LxcNative.Native.Files;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preparation.Hosts;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative host prepare --config FILE</c>.</summary>
internal static class HostPrepareCommand
{
    /// <summary>Where a host's description is unless another file is named.</summary>
    public const string DefaultConfig = "/etc/lxcnative/host.json";

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var config = new Option<string>("--config")
        {
            Description = "The host's description (docs/host.md).",
            HelpName = "FILE",
            DefaultValueFactory = _ => DefaultConfig,
        };
        var switches = new PreparationSwitches();
        var command = new Command("prepare", "Prepare the host that a file describes: cgroups first, then bridges.") { config };
        switches.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(switches.Json(parsed), () =>
        {
            var description = Read(parsed.GetValue(config)!);
            using var host = RouteSocket.Open();
            return switches.Run(parsed, description.Preparations(host));
        }));
        return command;
    }

    private static HostDescription Read(string file)
    {
        try
        {
            return HostDescription.Parse(RegularFile.ReadText(file));
        }
        catch (Exception e) when (e is IOException or RefusedException)
        {
            throw new RefusedException($"the host's description, {file}, cannot be used: {e.Message}", e);
        }
    }
}
