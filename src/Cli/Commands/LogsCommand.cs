using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Cli.Output.Reports;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative logs NAME [--show KIND] [--json]</c>.</summary>
internal static class LogsCommand
{
    private static readonly string[] s_head = ["LOG", "WRITTEN", "SIZE", "FILE"];

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The container; it need not run." };
        var lxcPath = ContainerCommand.LxcPathOption();
        var show = WordOption.Of<string?>(
            "--show", "Write the newest log of this kind instead.", ("checkpoint", "checkpoint"), ("restore", "restore"), ("console", "console"),
                ("lxc", "lxc"));
        var json = new Option<bool>("--json") { Description = "Write one JSON array, for programs." };
        var store = new StoreOption();
        var command = new Command("logs",
            "Tell where a container's logs are: criu's of its last checkpoint and restore, its console's, and LXC's. Exit code 3 when there is none.") { name,
            lxcPath, show, json };
        store.AddTo(command);
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var kind = parsed.GetValue(show);
            var logs = ContainerLogs.Find(parsed.GetValue(name)!, parsed.GetValue(lxcPath), store.Get(parsed)).Where(log => kind is null || log.Kind == kind)
                .ToList();
            if (logs.Count == 0)
                throw new RefusedException($"there is no {(kind is null ? "" : $"{kind} ")}log of a container {parsed.GetValue(name)}: neither a checkpoint "
                    + $"under {store.Get(parsed).Path}, nor what runs or LXC's configuration names one");
            if (parsed.GetValue(json))
                JsonOutput.Write([.. logs.Select(LogReport.Of)], CliJson.Default.IReadOnlyListLogReport);
            else if (kind is not null)
                Copy(logs[0].Path);
            else
                foreach (var line in Columns.Lines([s_head, .. logs.Select(Row)]))
                    Console.Out.WriteLine(line);
            return ExitCode.Done;
        }));
        return command;
    }

    // A container writes to its console what it likes: a terminal gets what is printable of it.
    private static void Copy(string file)
    {
        foreach (var line in File.ReadLines(file))
            Console.Out.WriteLine(line);
    }

    private static string[] Row(ContainerLog log) =>
        [log.Kind, Moment.Format(log.Written), Duration.FormatBytes(log.Bytes),
            PrintableText.OneLine(log.Path)];
}
