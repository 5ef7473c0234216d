using System.CommandLine;
using LxcNative.Orchestrator.Execution;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative console NAME</c>.</summary>
internal static class ConsoleCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The container, started by LXC or restored." };
        var lxcPath = ContainerCommand.LxcPathOption();
        var number = new Option<int?>("--tty", "-t")
        {
            Description = "0 for the console, N for /dev/ttyN (default: the next terminal that is free).",
            HelpName = "N",
        };
        var command = new Command("console", "Connect this terminal with a container's console or one of its terminals; Ctrl-A q leaves it.") { name, lxcPath,
            number };
        command.Validators.Add(result =>
        {
            if (result.ValueOf(number) is < 0)
                result.AddError($"--tty {result.ValueOf(number)}: a number from 0 on is needed");
        });
        command.SetAction(parsed => CommandAction.Run(json: false, () =>
        {
            ContainerConsole.Run(parsed.GetValue(name)!, parsed.GetValue(lxcPath), parsed.GetValue(number),
                connected: () => Console.Error.WriteLine($"connected to {parsed.GetValue(name)}: Ctrl-A q leaves"));
            return ExitCode.Done;
        }));
        return command;
    }
}
