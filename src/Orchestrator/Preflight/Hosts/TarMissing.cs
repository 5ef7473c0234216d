namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>tar is missing.</summary>
internal sealed class TarMissing() : HostRule(new RuleDescription
{
    Id = "LXN111",
    Title = "tar is missing",
    Severity = FindingSeverity.Blocks,
    SeenBy = "PATH",
    Why = "criu runs tar (with gzip) for the content of each tmpfs of the container, where that is not captured natively.",
    Remedy = "Install tar and gzip.",
    CriuMessage = "execvp(\"tar\", ...) failed",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.Tar.Path is null ? [Found("there is no tar in PATH")] : host.Tar.IsBusyBox
            ? [Found($"{host.Tar.Path} is BusyBox’s, which lacks options that criu gives it")]
            : [];
}
