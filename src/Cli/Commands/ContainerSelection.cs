using System.CommandLine;
using System.CommandLine.Parsing;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Cli.Commands;

/// <summary>How a command names its container: by <c>--pid</c> of any of its processes, or by its LXC name.</summary>
internal sealed class ContainerSelection
{
    private readonly Option<int?> _pid = new("--pid", "-t") { Description = "A process of the container: any one, as the host sees it.", HelpName = "PID" };
    private readonly Argument<string?> _name;
    private readonly Option<string?> _lxcPath = new("--lxcpath", "-P")
    {
        Description = "Where LXC keeps the container (default: lxc.lxcpath, else /var/lib/lxc).",
        HelpName = "DIR",
    };

    /// <summary>A selection.</summary>
    /// <param name="description">What the name is.</param>
    public ContainerSelection(string description = "The container's LXC name.") =>
        _name = new("NAME") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Adds the options to a command, which has a rule of its own of how many may be given.</summary>
    public void AddOptionsTo(Command command)
    {
        command.Options.Add(_pid);
        command.Options.Add(_lxcPath);
        command.Arguments.Add(_name);
    }

    /// <summary>Adds the options to a command, and the rule that exactly one of them is given.</summary>
    public void AddTo(Command command, Option<DirectoryInfo?>? alternative = null)
    {
        AddOptionsTo(command);
        command.Validators.Add(result =>
        {
            List<string> given = [.. Given(result)];
            if (alternative is not null)
                given.AddRange(Given(alternative.Name, result.GetResult(alternative)));
            if (given.Count == 0)
                result.AddError(alternative is null
                    ? "Name the container: either --pid PID or its NAME."
                    : "Name what to look at: --pid PID, NAME or --images-dir DIR.");
            else if (given.Count > 1)
                result.AddError($"{string.Join(" and ", given)} {(given.Count == 2 ? "both" : "all")} say what it is about: give one of them.");
        });
    }

    /// <summary>How often a container is named.</summary>
    public int Count(CommandResult result) => Given(result).Count();

    /// <summary>The container that is named.</summary>
    public ContainerReference Reference(ParseResult parsed) =>
        ContainerLookup.Reference(parsed.GetValue(_pid), parsed.GetValue(_name), parsed.GetValue(_lxcPath));

    /// <summary>Finds the container.</summary>
    public Container Find(ParseResult parsed) => Reference(parsed).Find();

    /// <summary>How it is named, before it was found: its name, or its pid.</summary>
    public string Shown(ParseResult parsed) => parsed.GetValue(_name) ?? $"pid-{parsed.GetValue(_pid)}";

    /// <summary>The name, where one was given.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(_name);

    private IEnumerable<string> Given(CommandResult result) => [.. Given("--pid", result.GetResult(_pid)), .. Given("the name", result.GetResult(_name))];

    private static IEnumerable<string> Given(string what, SymbolResult? result) =>
        result is OptionResult { Implicit: false } or ArgumentResult && result.Tokens.Count > 0 ? [$"{what} {result.Tokens[0].Value}"] : [];
}
