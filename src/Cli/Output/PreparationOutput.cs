using LxcNative.Orchestrator.Preparation;
using Spectre.Console;

namespace LxcNative.Cli.Output;

/// <summary>What preparations did, would do, or found.</summary>
internal static class PreparationOutput
{
    /// <summary>Writes it.</summary>
    public static void Write(IReadOnlyList<PreparationReport> reports, bool json)
    {
        if (json)
        {
            JsonOutput.Write(reports, CliJson.Default.IReadOnlyListPreparationReport);
            return;
        }

        foreach (var report in reports)
        {
            StandardOutput.Console.MarkupLineInterpolated($"[bold]{report.Subject}[/]{(report.Items.Count == 0 ? ": nothing was made here" : "")}");
            foreach (var item in report.Items)
                StandardOutput.Console.MarkupLine($"  {Mark(item.State)} {Markup.Escape(item.What)}");
        }
    }

    private static string Mark(PreparationState state) => state switch
    {
        PreparationState.InPlace => "[green]in place  [/]",
        PreparationState.Missing => "[red]missing   [/]",
        PreparationState.Made => "[green]made      [/]",
        PreparationState.Undone => "undone    ",
        PreparationState.WouldMake => "[yellow]would make[/]",
        _ => "[yellow]would undo[/]",
    };
}
