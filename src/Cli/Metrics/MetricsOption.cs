using System.CommandLine;
using System.Diagnostics;
using LxcNative.Cli.Output;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Metrics;

/// <summary><c>--metrics-file FILE</c>: what became of a run, for Prometheus.</summary>
internal sealed class MetricsOption
{
    private readonly Option<string?> _file = new("--metrics-file")
    {
        Description = "Write into this file how long it took, the pause, sizes and failures, for Prometheus' node exporter (its textfile collector: *.prom).",
        HelpName = "FILE",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>Runs what a command does, and tells of it; that nothing could be told changes neither what was done nor the exit code.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="container">The container as the command line names it.</param>
    /// <param name="body">What is done; it says what it learns.</param>
    /// <returns>The exit code.</returns>
    public int Run(ParseResult parsed, string container, Func<Measured, int> body)
    {
        var run = new Measured { Container = container };
        if (parsed.GetValue(_file) is not { Length: > 0 } path)
            return body(run);
        var file = new MetricsFile(path);
        file.Check();
        var begun = Stopwatch.GetTimestamp();
        var isDone = false;
        try
        {
            var code = body(run);
            isDone = true;
            return code;
        }
        finally
        {
            Tell(file, text => text.Add(parsed.CommandResult.Command.Name, run, isDone, Stopwatch.GetElapsedTime(begun), DateTimeOffset.UtcNow));
        }
    }

    private static void Tell(MetricsFile file, Action<MetricsText> change)
    {
        try
        {
            file.Change(change);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOptionException)
        {
            ErrorOutput.Warn($"--metrics-file could not be written: {e.Message}");
        }
    }
}
