namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>Changed memory cannot be told.</summary>
internal sealed class NoMemoryTracking() : HostRule(new RuleDescription
{
    Id = "LXN105",
    Title = "Changed memory cannot be told",
    Severity = FindingSeverity.Note,
    SeenBy = "criu’s feature check (soft-dirty, PAGEMAP_SCAN)",
    Why = "criu tells by it which memory changed since an earlier dump. A checkpoint is whole, so it does without.",
    Remedy = "Nothing: it is told because criu lists it. A kernel with CONFIG_MEM_SOFT_DIRTY has it.",
    CriuMessage = "Tracking memory is not available",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.Features is { MemoryTracking: false } ? [Found($"Linux {host.Kernel} on this machine")] : [];
}
