using System.CommandLine;
using System.Diagnostics;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Engines.Lxc;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative container stop NAME</c>.</summary>
internal static class ContainerStopCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The container, started by LXC or restored." };
        var lxcPath = ContainerCommand.LxcPathOption();
        var kill = new Option<bool>("--kill", "-k") { Description = "Do not ask its init to end: kill it." };
        var timeout = new Option<int>("--timeout", "-t")
        {
            Description = "Seconds that its init may take before it is killed.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var command = new Command("stop",
            "Stop a container, and wait until what goes with it is gone from the host: its monitor with the scripts of its end, its cgroups, its devices.")
         { name, lxcPath, kill, timeout, json };
        command.Validators.Add(result =>
        {
            // 0 is what cannot be read, which the parser tells of.
            if (result.GetResult(timeout) is { Implicit: false } && result.ValueOf(timeout) is < 0 or > 86400
                || result.GetResult(timeout)?.Tokens.Any(token => token.Value == "0") == true)
                result.AddError($"--timeout {result.ValueOf(timeout)}: 1 to 86400 seconds are needed; --kill does not wait.");
        });
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var start = Stopwatch.GetTimestamp();
            var left = ContainerLifecycle.Stop(parsed.GetValue(name)!, parsed.GetValue(lxcPath),
                parsed.GetValue(kill) ? TimeSpan.Zero : TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            var took = Stopwatch.GetElapsedTime(start);
            foreach (var one in left)
                ErrorOutput.Warn($"{parsed.GetValue(name)} has ended, and this is still there: {one}");
            if (!parsed.GetValue(json))
                Console.Error.WriteLine($"{parsed.GetValue(name)}: stopped after {Duration.Format(took)}"
                    + (!parsed.GetValue(kill) && took.TotalSeconds >= parsed.GetValue(timeout)
                        ? "; longer than --timeout: its init may have been killed" : ""));
            else
                JsonOutput.Write(new LifecycleReport(parsed.GetValue(name)!, null), CliJson.Default.LifecycleReport);
            return ExitCode.Done;
        }));
        return command;
    }
}
