using System.CommandLine;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Cli.Commands;

/// <summary>Which store of checkpoints a command is about: <c>--store</c>, the variable LXCNATIVE_STORE, or the usual one.</summary>
internal sealed class StoreOption
{
    /// <summary>The variable.</summary>
    public const string Variable = "LXCNATIVE_STORE";

    private readonly Option<string?> _option = new("--store")
    {
        Description = $"The directory that keeps checkpoints (default: {Variable}, else {CheckpointStore.DefaultPath}).",
        HelpName = "DIR",
    };

    /// <summary>The store where none is named on the command line.</summary>
    public static CheckpointStore Usual() => new(UsualPath());

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_option);

    /// <summary>The store.</summary>
    public CheckpointStore Get(ParseResult parsed) => new(Path(parsed));

    /// <summary>Its directory; null for the usual one.</summary>
    public string? Path(ParseResult parsed)
    {
        var path = parsed.GetValue(_option) ?? UsualPath();
        return path is "" ? throw new InvalidOptionException("Store", "an empty text is no path") : path;
    }

    private static string? UsualPath() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;
}
