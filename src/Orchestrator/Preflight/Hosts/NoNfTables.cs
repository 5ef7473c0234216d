namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>nf_tables cannot be used.</summary>
internal sealed class NoNfTables() : HostRule(new RuleDescription
{
    Id = "LXN108",
    Title = "nf_tables cannot be used",
    Severity = FindingSeverity.Blocks,
    SeenBy = "A question to nf_tables over netlink",
    Why = "The network of a container is locked with nf_tables while it is dumped; with the legacy tables where the kernel has those only, which drop packets "
        + "instead of holding them.",
    Remedy = "Load nf_tables (modprobe nf_tables), or build the kernel with CONFIG_NF_TABLES and CONFIG_NF_TABLES_INET.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.NfTablesProblem is { } problem ? [Found(problem, null, host.HasLegacyTables ? FindingSeverity.Note : FindingSeverity.Blocks)] : [];
}
