using System.CommandLine;
using System.CommandLine.Parsing;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Cli.Commands;

/// <summary>How a command names its container: by <c>--pid</c> of any of its processes, or by its LXC name.</summary>
internal sealed class ContainerSelection
{
    private readonly Option<int?> _pid = new("--pid", "-t") { Description = "A process of the container: any one, as the host sees it.", HelpName = "PID" };
    private readonly Argument<string?> _name = new("NAME") { Description = "The container's LXC name.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _lxcPath = new("--lxcpath", "-P") { Description = "Where LXC keeps the container (default: lxc.lxcpath, else /var/lib/lxc).", HelpName = "DIR" };

    /// <summary>Adds the options to a command, and the rule that exactly one of them is given.</summary>
    public void AddTo(Command command, Option<DirectoryInfo?>? alternative = null)
    {
        command.Options.Add(_pid);
        command.Options.Add(_lxcPath);
        command.Arguments.Add(_name);
        command.Validators.Add(result =>
        {
            OptionLookAlike.Check(result.GetValue(_name), result);
            var given = Count(result.GetResult(_pid)) + Count(result.GetResult(_name)) + (alternative is null ? 0 : Count(result.GetResult(alternative)));
            if (given != 1)
                result.AddError(alternative is null ? "Name the container: either --pid PID or its NAME." : "Name what to look at: --pid PID, NAME or --images-dir DIR, one of them.");
        });
    }

    /// <summary>Finds the container.</summary>
    public Container Find(ParseResult parsed) =>
        parsed.GetValue(_pid) is { } pid ? Container.FromPid(pid) : Container.FromName(parsed.GetValue(_name)!, parsed.GetValue(_lxcPath));

    /// <summary>The name, where one was given.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(_name);

    private static int Count(SymbolResult? result) => result switch
    {
        OptionResult { Implicit: false } => 1,
        ArgumentResult { Tokens.Count: > 0 } => 1,
        _ => 0,
    };
}
