using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Cli.Output.Reports;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative list [NAME] [-D DIR]... [--json]</c>.</summary>
internal static class ListCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var name = new Argument<string?>("NAME") { Description = "Only those of this container.", Arity = ArgumentArity.ZeroOrOne };
        var directories = StoredCheckpoints.Beside();
        var json = new Option<bool>("--json") { Description = "Write one JSON array, for programs." };
        var store = new StoreOption();
        var command = new Command("list",
            "List the checkpoints that are kept: of which container, when, what they take, whether they are complete, and whether a restore would begin here "
            + "and now. Exit code 0 also where there is none.")
        {
            name, directories, json,
        };
        store.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var checkpoints = store.Get(parsed).List(parsed.GetValue(directories))
                .Where(one => parsed.GetValue(name) is not { } wanted || one.Container == wanted).ToList();
            if (parsed.GetValue(json))
                JsonOutput.Write([.. checkpoints.Select(StoredReport.Of)], CliJson.Default.IReadOnlyListStoredReport);
            else
                StoreOutput.Write(checkpoints, none: parsed.GetValue(name) is { } one ? store.Get(parsed).NoneOf(one).Message
                    : $"there is no checkpoint under {store.Get(parsed).Path}");
            return ExitCode.Done;
        }));
        return command;
    }
}
