using LxcNative.Orchestrator.Preflight.Failures;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Turns the error lines of criu's log into findings, where the text is known: for failures that no rule foresaw.</summary>
public static class CriuFailureMap
{
    /// <summary>Explains error lines.</summary>
    /// <param name="logErrors">Lines of criu's log, as <see cref="Native.Criu.CriuException.LogErrors"/> has them; others are passed over.</param>
    /// <returns>A finding for each kind of failure that is known, the first line of it in <see cref="Finding.Seen"/>; empty when none is.</returns>
    public static IReadOnlyList<Finding> Explain(IEnumerable<string> logErrors)
    {
        ArgumentNullException.ThrowIfNull(logErrors);
        var found = new List<Finding>();
        foreach (var line in logErrors)
        {
            if (Known(line) is not { } rule || found.Exists(one => one.Id == rule.Id))
                continue;
            found.Add(rule.Found(line.Trim(), line.Trim()));
        }

        return found;
    }

    /// <summary>A line for each of these findings, as the end of a message.</summary>
    internal static string Describe(IEnumerable<Finding> findings) =>
        string.Concat(findings.Select(finding => $"\n{finding.Id} {finding.Title}: {finding.Why} {finding.Remedy}"));

    private static RuleDescription? Known(string line)
    {
        foreach (var failure in FailureTexts.All)
            if (line.Contains(failure.Text, StringComparison.Ordinal))
                return failure.Rule;
        return null;
    }
}
