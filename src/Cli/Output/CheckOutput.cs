using LxcNative.Orchestrator.Preflight;
using Spectre.Console;

namespace LxcNative.Cli.Output;

/// <summary>What a check found, for people and for programs.</summary>
internal static class CheckOutput
{
    // A rule that fires for every process of a container says nothing more the tenth time.
    private const int MostOfOneRule = 5;

    /// <summary>Writes a report.</summary>
    /// <returns>The exit code: 3 when something blocks.</returns>
    public static int Write(PreflightReport report, IReadOnlyList<FixAction> fixes, bool json)
    {
        if (json)
            JsonOutput.Write(new CheckReport(report.Name, report.IsBlocked, report.Microseconds, report.Findings, fixes), CheckJson.Default.CheckReport);
        else
            WriteText(report, fixes);
        return report.IsBlocked ? ExitCode.Refused : ExitCode.Done;
    }

    /// <summary>Explains a rule.</summary>
    /// <returns>The exit code: 2 when there is no such rule.</returns>
    public static int Explain(string id, bool json)
    {
        if (RuleCatalog.Find(id) is not { } rule)
        {
            ErrorOutput.Write($"there is no finding {id}; docs/findings.md lists them all");
            return ExitCode.Usage;
        }

        if (json)
        {
            JsonOutput.Write(rule, CheckJson.Default.RuleDescription);
            return ExitCode.Done;
        }

        var console = StandardOutput.Console;
        console.MarkupLineInterpolated($"[bold]{rule.Id}  {rule.Title}[/]  ({Name(rule.Severity)})");
        console.MarkupLineInterpolated($"{rule.Why}");
        Line("seen by", rule.SeenBy);
        Line("what to do", rule.Remedy);
        if (rule.Permit is { } permit)
            Line("permitted by", permit);
        if (rule.CriuMessage is { } message)
            Line("criu says", message);
        return ExitCode.Done;
    }

    private static void WriteText(PreflightReport report, IReadOnlyList<FixAction> fixes)
    {
        var console = StandardOutput.Console;
        foreach (var fix in fixes)
        {
            if (fix.Problem is null)
                console.MarkupLineInterpolated($"[green]fixed[/] {fix.Id}: {fix.What}");
            else
                console.MarkupLineInterpolated($"[yellow]not fixed[/] {fix.Id}: {fix.Problem}");
        }

        foreach (var group in report.Findings.GroupBy(finding => (finding.Id, finding.Severity)))
        {
            var first = group.First();
            console.Markup(Colour(first.Severity));
            console.MarkupLineInterpolated($" {first.Id}  [bold]{first.Title}[/]");
            foreach (var finding in group.Take(MostOfOneRule))
                Line("seen", finding.Seen);
            if (group.Count() > MostOfOneRule)
                Line("", $"and {group.Count() - MostOfOneRule} more");
            Line("why", first.Why);
            Line("what to do", first.Remedy);
            if (first.Permit is { } permit)
                Line("permitted by", permit);
        }

        var blocking = report.Findings.Count(finding => finding.Severity >= FindingSeverity.BlocksRestore);
        console.MarkupLineInterpolated($"{report.Name}: {(blocking == 0 ? "nothing blocks" : $"{blocking} finding(s) block")}, {report.Findings.Count} in all ({Duration.Format(report.Microseconds)})");
    }

    private static void Line(string label, string text) => StandardOutput.Console.MarkupLineInterpolated($"  [grey]{label,-13}[/]{text}");

    private static string Colour(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Blocks or FindingSeverity.BlocksRestore => $"[red]{Name(severity)}[/]",
        FindingSeverity.LosesSomething => $"[yellow]{Name(severity)}[/]",
        _ => Name(severity),
    };

    private static string Name(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Blocks => "blocks",
        FindingSeverity.BlocksRestore => "blocks restore",
        FindingSeverity.LosesSomething => "loses something",
        _ => "note",
    };
}
