using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using Spectre.Console;

namespace LxcNative.Cli.Output;

/// <summary>What a check found, for people and for programs.</summary>
internal static class CheckOutput
{
    // A rule that fires for every process of a container says nothing more the tenth time.
    private const int MostOfOneRule = 5;
    private const string NothingBlocks = "nothing blocks";

    /// <summary>Writes a report.</summary>
    /// <param name="report">It.</param>
    /// <param name="fixes">What was mended before.</param>
    /// <param name="json">Whether a program reads it.</param>
    /// <param name="nothing">What it comes to where nothing blocks.</param>
    /// <returns>The exit code: 3 when something blocks.</returns>
    public static int Write(PreflightReport report, IReadOnlyList<FixAction> fixes, bool json, string nothing = NothingBlocks)
    {
        if (json)
        {
            var record = new CheckReport(report.Name, report.IsBlocked, Duration.Microseconds(report.Took), report.Findings, fixes)
            {
                StoodStill = report.StoodStill is { } still ? Duration.Microseconds(still) : null,
            };
            JsonOutput.Write(record, CheckJson.Default.CheckReport);
        }
        else
            WriteText(StandardOutput.Console, report, fixes, nothing);
        return report.IsBlocked ? ExitCode.Refused : ExitCode.Done;
    }

    /// <summary>Explains a rule.</summary>
    /// <returns>The exit code: 2 when there is no such rule.</returns>
    public static int Explain(string id, bool json)
    {
        if (RuleCatalog.Find(id) is not { } rule)
        {
            ErrorOutput.Write($"there is no finding {id}; " + (NearestName.Of(id, RuleCatalog.Descriptions.Select(one => one.Id)) is { } near
                ? $"did you mean {near}?" : "docs/findings.md lists them all"));
            return ExitCode.Usage;
        }

        if (json)
        {
            JsonOutput.Write(rule, CheckJson.Default.RuleDescription);
            return ExitCode.Done;
        }

        ExplainText(StandardOutput.Console, rule);
        return ExitCode.Done;
    }

    /// <summary>Explains a rule to people.</summary>
    public static void ExplainText(IAnsiConsole console, RuleDescription rule)
    {
        console.MarkupLineInterpolated($"[bold]{rule.Id}  {rule.Title}[/]  ({Name(rule.Severity)})");
        console.MarkupLineInterpolated($"{rule.Why}");
        Line(console, "seen by", rule.SeenBy);
        Line(console, "what to do", rule.Remedy + (PreflightFix.Mends(rule.Id) ? " `lxcnative check NAME --fix` does it." : ""));
        if (rule.Permit is { } permit)
            Line(console, "permitted by", permit);
        if (rule.CriuMessage is { } message)
            Line(console, "criu says", message);
    }

    /// <summary>Writes a report for people.</summary>
    public static void WriteText(IAnsiConsole console, PreflightReport report, IReadOnlyList<FixAction> fixes, string nothing = NothingBlocks)
    {
        foreach (var fix in fixes)
        {
            if (fix.Problem is null)
                console.MarkupLineInterpolated($"[green]fixed[/] {fix.Id}: {fix.What}");
            else
                console.MarkupLineInterpolated($"[yellow]not fixed[/] {fix.Id}: {fix.Problem}");
        }

        foreach (var group in report.Findings.GroupBy(finding => (finding.Id, finding.Severity, finding.Title, finding.Remedy)))
        {
            var first = group.First();
            console.Markup(Colour(first.Severity));
            console.MarkupLineInterpolated($" {first.Id}  [bold]{first.Title}[/]");
            foreach (var finding in group.Take(MostOfOneRule))
                Line(console, "seen", PrintableText.OneLine(finding.Seen));
            if (group.Count() > MostOfOneRule)
                Line(console, "", $"and {group.Count() - MostOfOneRule} more");
            Line(console, "why", first.Why);
            Line(console, "what to do", first.Remedy + (PreflightFix.Mends(first.Id) ? " --fix does it." : ""));
            if (first.Permit is { } permit)
                Line(console, "permitted by", permit);
        }

        // A rule that fires for many processes is one thing to do.
        var blocking = report.Findings.Where(finding => finding.Severity >= FindingSeverity.BlocksRestore).Select(finding => finding.Id).Distinct().Count();
        var others = report.Findings.Select(finding => finding.Id).Distinct().Count() - blocking;
        var verdict = blocking switch
        {
            0 => nothing,
            1 => "1 finding blocks",
            _ => $"{blocking} findings block",
        } + others switch
        {
            <= 0 => "",
            1 => ", 1 other finding",
            _ => $", {others} other findings",
        };
        var stoodStill = report.StoodStill is { } still ? $"; it stood still for {Duration.Format(still)} to be rehearsed" : "";
        console.MarkupLineInterpolated($"{report.Name}: {verdict} ({Duration.Format(report.Took)}{stoodStill})");
    }

    private static void Line(IAnsiConsole console, string label, string text) => console.MarkupLineInterpolated($"  [grey]{label,-13}[/]{text}");

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
