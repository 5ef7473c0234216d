namespace LxcNative.Orchestrator.Preflight;

/// <summary>What a pre-flight found.</summary>
/// <param name="Name">What was looked at: the container's name, a directory, or the host.</param>
/// <param name="Findings">The findings, the gravest first.</param>
/// <param name="Microseconds">How long it took.</param>
public sealed record PreflightReport(string Name, IReadOnlyList<Finding> Findings, long Microseconds)
{
    /// <summary>Whether something blocks the checkpoint or the restore that was asked about.</summary>
    public bool IsBlocked => Findings.Any(finding => finding.Severity >= FindingSeverity.BlocksRestore);

    /// <summary>The findings with which a checkpoint would fail.</summary>
    public IEnumerable<Finding> Blocking => Findings.Where(finding => finding.Severity == FindingSeverity.Blocks);
}
