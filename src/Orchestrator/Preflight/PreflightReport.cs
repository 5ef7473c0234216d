namespace LxcNative.Orchestrator.Preflight;

/// <summary>What a pre-flight found.</summary>
/// <param name="Name">What was looked at: the container's name, a directory, or the host.</param>
/// <param name="Findings">The findings, the gravest first.</param>
/// <param name="Took">How long it took.</param>
public sealed record PreflightReport(string Name, IReadOnlyList<Finding> Findings, TimeSpan Took)
{
    /// <summary>How long the container stood still for a rehearsal; null where there was none.</summary>
    public TimeSpan? StoodStill { get; init; }

    /// <summary>Whether something blocks the checkpoint or the restore that was asked about.</summary>
    public bool IsBlocked => Findings.Any(finding => finding.Blocks);

    /// <summary>The findings with which a checkpoint would fail.</summary>
    public IEnumerable<Finding> Blocking => Findings.Where(finding => finding.Severity == FindingSeverity.Blocks);
}
