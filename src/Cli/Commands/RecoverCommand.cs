using System.CommandLine;
using LxcNative.Cli.Output;
using LxcNative.Cli.Output.Reports;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Cli.Commands;

/// <summary><c>lxcnative recover [--dry-run] [--json]</c>.</summary>
internal static class RecoverCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would be taken away." };
        var json = new Option<bool>("--json") { Description = "Write one JSON array, for programs." };
        var command = new Command("recover",
            "Take away what restores left whose process was killed; checkpoint and restore do it by themselves. May be run at any time.")
        {
            dryRun, json,
        };
        command.SetAction(parsed => CommandAction.Run(parsed.GetValue(json), () =>
        {
            var runs = Recovery.Run(parsed.GetValue(dryRun));
            if (parsed.GetValue(json))
                JsonOutput.Write([.. runs.Select(RecoveryReport.Of)], CliJson.Default.IReadOnlyListRecoveryReport);
            else
                Write(runs, parsed.GetValue(dryRun));
            return runs.Any(run => run.Left.Count > 0) ? ExitCode.NeedsAttention : ExitCode.Done;
        }));
        return command;
    }

    private static void Write(IReadOnlyList<RecoveredRun> runs, bool dryRun)
    {
        if (runs.Count == 0)
            Console.Out.WriteLine("nothing was left by a run that died");
        foreach (var run in runs)
        {
            Console.Out.WriteLine(
                $"{run.Container}: a {run.Purpose} had died; {(dryRun ? "to be taken away" : "taken away")}: "
                + $"{(run.Removed.Count == 0 ? "nothing" : string.Join(", ", run.Removed))}");
            foreach (var left in run.Left)
                Console.Error.WriteLine($"{run.Container}: still there: {left}");
        }
    }
}
