using LxcNative.Cli.Commands;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Lifecycle;
using LxcNative.Orchestrator.Monitoring;

namespace LxcNative.Cli;

/// <summary>The command's entry.</summary>
internal static class Program
{
    public static int Main(string[] arguments) =>
        ContainerMonitor.RunIfAsked(arguments, out var exitCode) || LiblxcProgram.RunIfAsked(arguments, out exitCode) ? exitCode : RunCommand(arguments);

    private static int RunCommand(string[] arguments)
    {
        var parsed = RootCommandLine.Build().Parse(arguments);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke();
        foreach (var error in parsed.Errors)
            ErrorOutput.Write(error.Message);
        Console.Error.WriteLine("See `lxcnative --help`, or `lxcnative COMMAND --help`.");
        return ExitCode.Usage;
    }
}
