using System.CommandLine;
using LxcNative.Orchestrator.Preparation.Hosts;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative host unit</c>.</summary>
internal static class HostUnitCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var config = new Option<string>("--config")
        {
            Description = "The host's description.",
            HelpName = "FILE",
            DefaultValueFactory = _ => HostPrepareCommand.DefaultConfig,
        };
        var command = new Command("unit", "Print a systemd unit that prepares the host at boot; put it into /etc/systemd/system.") { config };
        command.SetAction(parsed =>
        {
            Console.Out.Write(HostUnit.Text(Environment.ProcessPath ?? "/usr/bin/lxcnative", Path.GetFullPath(parsed.GetValue(config)!)));
            return ExitCode.Done;
        });
        return command;
    }
}
