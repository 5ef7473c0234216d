using System.Globalization;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Findings as part of a message.</summary>
internal static class FindingText
{
    // A refusal that lists a thousand processes hides the second reason.
    private const int MostOfOneRule = 3;

    /// <summary>What was seen holds names that the container chose: one with a line end in it could write lines of its own into a message or a log.</summary>
    public static string OneLine(string seen) => seen.Any(char.IsControl)
        ? string.Concat(seen.Select(one => char.IsControl(one) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)one:x2}") : one.ToString()))
        : seen;

    /// <summary>A line with what was seen, and one with what to do, for each rule.</summary>
    public static string Describe(IEnumerable<Finding> findings) =>
        string.Concat(findings.GroupBy(finding => (finding.Id, finding.Title, finding.Remedy)).Select(group =>
            $"\n  {group.Key.Id} {group.Key.Title}: {string.Join("; ", group.Take(MostOfOneRule).Select(finding => finding.Seen))}"
            + (group.Count() > MostOfOneRule ? $"; and {group.Count() - MostOfOneRule} more" : "")
            + $"\n    {group.Key.Remedy}{(group.First().Permit is { } permit ? $" Permitted by {permit}." : "")}"));
}
