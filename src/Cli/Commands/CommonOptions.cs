using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Native.Criu;
using LxcNative.Native.Terminals;
using LxcNative.Orchestrator.Engines;
using Microsoft.Extensions.Logging;

namespace LxcNative.Cli.Commands;

/// <summary>The options that every command has which talks to criu.</summary>
internal sealed class CommonOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object, for programs." };
    private readonly Option<int> _verbosity = new("--verbosity", "-v")
    {
        Description = "How much criu logs, 0 to 4; from 3 on this command also tells its steps.",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => 2,
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _criu = new("--criu") { Description = "The criu to use.", HelpName = "FILE" };
    private readonly Option<string?> _libcriu = new("--libcriu") { Description = "The libcriu to use.", HelpName = "FILE" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_verbosity);
        command.Options.Add(_criu);
        command.Options.Add(_libcriu);
        command.Validators.Add(result =>
        {
            if (result.ValueOf(_verbosity) is < 0 or > 4)
                result.AddError($"-v {result.ValueOf(_verbosity)}: a level from 0 to 4 is needed");
        });
    }

    /// <summary>Whether a program reads the output.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>How much criu logs.</summary>
    public int Verbosity(ParseResult parsed) => parsed.GetValue(_verbosity);

    /// <summary>Where criu is looked for.</summary>
    public CriuSearch Criu(ParseResult parsed) => CriuPlaces.Usual with { CriuPath = parsed.GetValue(_criu), LibCriuPath = parsed.GetValue(_libcriu) };

    /// <summary>A logger to standard error, from -v3 on.</summary>
    public ILogger<T>? Logger<T>(ParseResult parsed) =>
        Verbosity(parsed) >= 3
            ? LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(new StandardErrorLogger())).CreateLogger<T>()
            : null;

    /// <summary>Shows steps to a person at a terminal.</summary>
    public IProgress<T>? Progress<T>(ParseResult parsed)
        where T : struct, Enum => Json(parsed) || !StandardStream.Error.IsTerminal ? null : new TerminalProgress<T>();
}
