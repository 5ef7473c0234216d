using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The pre-flight as a checkpoint's first step: what is known to fail, or to lose something, before anything is frozen.</summary>
internal static class CheckpointRefusals
{
    // A refusal that lists a thousand processes hides the second reason.
    private const int MostOfOneRule = 3;

    /// <summary>Throws for what would make the checkpoint fail or worthless; returns what merely has to be said.</summary>
    /// <exception cref="CheckpointRefusedException">Something blocks, and force was not asked for.</exception>
    public static IReadOnlyList<string> Check(Container container, CheckpointOptions options) =>
        Decide(container.Name, PreflightCheck.Run(container, options).Findings, options);

    /// <summary>Decides by what was found.</summary>
    /// <inheritdoc cref="Check" />
    public static IReadOnlyList<string> Decide(string name, IReadOnlyList<Finding> findings, CheckpointOptions options)
    {
        var blocking = findings.Where(finding => finding.Severity >= FindingSeverity.BlocksRestore).ToList();
        if (blocking.Count > 0 && !options.Force)
            throw new CheckpointRefusedException($"{name} cannot be checkpointed as it is; nothing was frozen.{Describe(blocking)}\n--force tries nevertheless.", findings: findings);
        return [.. findings.Where(finding => finding.Severity > FindingSeverity.Note).Select(finding => $"{finding.Id} {finding.Title}: {finding.Seen}")];
    }

    private static string Describe(IEnumerable<Finding> findings) => string.Concat(findings.GroupBy(finding => finding.Id).Select(group =>
        $"\n  {group.Key} {group.First().Title}: {string.Join("; ", group.Take(MostOfOneRule).Select(finding => finding.Seen))}"
        + (group.Count() > MostOfOneRule ? $"; and {group.Count() - MostOfOneRule} more" : "")
        + $"\n    {group.First().Remedy}{(group.First().Permit is { } permit ? $" Permitted by {permit}." : "")}"));
}
