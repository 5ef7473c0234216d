namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>criu or libcriu cannot be used.</summary>
internal sealed class CriuMissing() : HostRule(new RuleDescription
{
    Id = "LXN101",
    Title = "criu or libcriu cannot be used",
    Severity = FindingSeverity.Blocks,
    SeenBy = "--criu, LXCNATIVE_CRIU, /opt/lxcnative, PATH",
    Why = "criu does the dump and the restore.",
    Remedy = "Run eng/setup, which gets a criu that fits the kernel; or name one with --criu and --libcriu.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.CriuProblem is { } problem ? [Found(problem)] : [];
}
