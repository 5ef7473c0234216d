using System.CommandLine;
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

    /// <summary>What is told how far it is; null where nobody wants to know.</summary>
    public TransferLine? Progress(ParseResult parsed) =>
        IsJson(parsed) || parsed.GetValue(_quiet) ? null : new TransferLine(StandardStreams.RawError, StandardStream.Error.IsTerminal, TimeProvider.System);
}
