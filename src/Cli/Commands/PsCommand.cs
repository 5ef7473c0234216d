using System.CommandLine;
using System.Globalization;
using LxcNative.Cli.Output;
using LxcNative.Cli.Output.Reports;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative ps [--json]</c>.</summary>
internal static class PsCommand
{
    private static readonly string[] _head = ["NAME", "PID", "MONITOR", "RESTORED FROM"];

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON array, for programs." };
        var command = new Command("ps", "List the containers that were restored and run; `lxc-ls -f` lists them among all others.") { json };
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var reports = RestoredContainer.All().OrderBy(one => one.Name, StringComparer.Ordinal).Select(RestoredReport.Of).ToList();
            if (parsed.GetValue(json))
                JsonOutput.Write(reports, CliJson.Default.IReadOnlyListRestoredReport);
            else if (reports.Count > 0)
                Write(reports);
            else
                Console.Error.WriteLine("no restored container runs");
            return ExitCode.Done;
        }));
        return command;
    }

    private static void Write(IReadOnlyList<RestoredReport> reports)
    {
        foreach (var line in Columns.Lines([_head, .. reports.Select(one => (string[])[one.Name, Number(one.Pid), Number(one.MonitorPid), one.ImagesDir])]))
            Console.Out.WriteLine(line);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
