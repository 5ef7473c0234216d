namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>Not root.</summary>
internal sealed class NotRoot() : HostRule(new RuleDescription
{
    Id = "LXN100",
    Title = "Not root",
    Severity = FindingSeverity.Blocks,
    SeenBy = "geteuid(2)",
    Why = "Reading a container’s namespaces and dumping it need root.",
    Remedy = "Run it with sudo.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.IsRoot ? [] : [Found("the effective user is not 0")];
}
