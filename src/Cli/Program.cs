using System.CommandLine;
using LxcNative.Cli.Commands;
using LxcNative.Cli.Configuration;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Cli;

/// <summary>The command's entry.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        StandardStreams.TakeOver();
        return ContainerMonitor.RunIfAsked(arguments, out var exitCode) || LiblxcProgram.RunIfAsked(arguments, out exitCode) ? exitCode : RunCommand(arguments);
    }

    private static int RunCommand(string[] arguments)
    {
        var json = arguments.Contains("--json");
        var code = CommandAction.Run(json, () =>
        {
            var parsed = RootCommandLine.Build().Parse(arguments);
            var problem = UsageProblem.Of(parsed);
            if (problem is null)
                (parsed, problem) = WithDefaults(arguments, parsed);
            return problem is not null
                ? CommandAction.Tell(new Verdict(ExitCode.Usage, problem, ContainerState.Untouched, []), json)
                : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        });
        StandardStreams.TellLoss();
        return code;
    }

    // Whoever has to mend something is not kept from it by a file.
    private static (ParseResult Parsed, string? Problem) WithDefaults(string[] arguments, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Action is { Terminating: true } || !ConfigurationFile.OptionsOf(command).Any()
            || ConfigurationFile.Read((RootCommand)parsed.RootCommandResult.Command) is not { } file)
            return (parsed, null);
        var whole = parsed.RootCommandResult.Command.Parse(file.AddTo(arguments, parsed));
        return (whole, UsageProblem.Of(whole) is { } problem ? file.Blame(problem) : null);
    }
}
