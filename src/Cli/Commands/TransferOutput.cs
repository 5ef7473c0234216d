using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using LxcNative.Cli.Output;
using LxcNative.Native.Terminals;

namespace LxcNative.Cli.Commands;

/// <summary>What a command that moves a checkpoint tells, and of how far it is.</summary>
internal sealed class TransferOutput
{
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object, for programs." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Do not tell how far it is." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_quiet);
    }

    /// <summary>Whether a program reads the output.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Moves a checkpoint, and tells what came of it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="move">Moves it; given who is told how far it is, and the interruption.</param>
    /// <param name="json">How the result is written for programs.</param>
    /// <param name="text">The result for people, in a line.</param>
    /// <param name="warn">Tells what somebody should know besides; null for nothing.</param>
    /// <returns>The exit code.</returns>
    public int Run<T>(ParseResult parsed, Func<TransferLine?, CancellationToken, T> move, JsonTypeInfo<T> json, Func<T, string> text,
        Action<T>? warn = null)
    {
        using var interruption = new Interruption();
        using var progress = Progress(parsed);
        var moved = move(progress, interruption.Token);
        progress?.Finish();
        warn?.Invoke(moved);
        if (IsJson(parsed))
            JsonOutput.Write(moved, json);
        else
            Console.Out.WriteLine(text(moved));
        return ExitCode.Done;
    }

    // Null where nobody wants to know.
    private TransferLine? Progress(ParseResult parsed) =>
        IsJson(parsed) || parsed.GetValue(_quiet) ? null : new TransferLine(StandardStreams.RawError, StandardStream.Error.IsTerminal, TimeProvider.System);
}
