namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>criu forgets what it learnt of the kernel.</summary>
internal sealed class StaleKernelCache() : HostRule(new RuleDescription
{
    Id = "LXN113",
    Title = "criu forgets what it learnt of the kernel",
    Severity = FindingSeverity.Note,
    SeenBy = "/run/criu.kdat.tmp",
    Why = "A leftover file keeps criu from writing its cache: every start probes the kernel anew, some 50 ms. Nothing is frozen meanwhile.",
    Remedy = "rm /run/criu.kdat.tmp (and have /run on a tmpfs).",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.HasStaleKernelCache ? [Found("/run/criu.kdat.tmp exists")] : [];
}
