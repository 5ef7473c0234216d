using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Engines.Lxc;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative container start NAME</c>.</summary>
internal static class ContainerStartCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The container." };
        var lxcPath = ContainerCommand.LxcPathOption();
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("start", "Start a container, by liblxc; prints the pid of its init.") { name, lxcPath, json };
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var pid = ContainerLifecycle.Start(parsed.GetValue(name)!, parsed.GetValue(lxcPath));
            if (parsed.GetValue(json))
                JsonOutput.Write(new LifecycleReport(parsed.GetValue(name)!, pid), CliJson.Default.LifecycleReport);
            else
                Console.Out.WriteLine(pid);
            return ExitCode.Done;
        }));
        return command;
    }
}
