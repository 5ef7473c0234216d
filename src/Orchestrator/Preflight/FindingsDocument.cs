using System.Text;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Writes docs/findings.md from the rules.</summary>
internal static class FindingsDocument
{
    /// <summary>The whole text.</summary>
    public static string Write()
    {
        var text = new StringBuilder("""
            # What `lxcnative check` can find

            Written from the rules (`src/Orchestrator/Preflight`). `lxcnative check --explain LXN012` shows one of these at the terminal. Ids are stable.

            * **blocks**: the checkpoint would fail, after the container was frozen for it; `lxcnative checkpoint` stops before that, unless `--force`.
            * **blocks restore**: the checkpoint succeeds and cannot be restored.
            * **loses something**: it succeeds, and something of the container does not come back.
            * **note**: good to know.


            """);
        Section(text, "Containers", RuleCatalog.Descriptions.Where(rule => Number(rule) < 100));
        Section(text, "The host", RuleCatalog.Descriptions.Where(rule => Number(rule) is >= 100 and < 200));
        Section(text, "Images", RuleCatalog.Descriptions.Where(rule => Number(rule) is >= 200 and < 300));
        Section(text, "Failures of criu that nothing foretells", RuleCatalog.Descriptions.Where(rule => Number(rule) >= 300));
        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>A severity in words.</summary>
    public static string Name(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Blocks => "blocks",
        FindingSeverity.BlocksRestore => "blocks restore",
        FindingSeverity.LosesSomething => "loses something",
        _ => "note",
    };

    private static void Section(StringBuilder text, string title, IEnumerable<RuleDescription> rules)
    {
        text.Append($"## {title}\n\n");
        foreach (var rule in rules)
        {
            text.Append($"### {rule.Id} {rule.Title}\n\n{rule.Why}\n\n");
            text.Append($"| | |\n|---|---|\n| severity | {Name(rule.Severity)} |\n| seen by | {Cell(rule.SeenBy)} |\n| what to do | {Cell(rule.Remedy)} |\n");
            if (PreflightFix.Mends(rule.Id))
                text.Append("| done by | `lxcnative check --fix` |\n");
            if (rule.Permit is { } permit)
                text.Append($"| permitted by | `{permit}` |\n");
            if (rule.CriuMessage is { } message)
                text.Append($"| criu says | `{Cell(message)}` |\n");
            text.Append('\n');
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static int Number(RuleDescription rule) => int.Parse(rule.Id.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture);
}
