namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>Little space for images.</summary>
internal sealed class LittleSpace() : HostRule(new RuleDescription
{
    Id = "LXN109",
    Title = "Little space for images",
    Severity = FindingSeverity.Blocks,
    SeenBy = "statfs(2) of the images directory",
    Why = "Images are about as large as the memory that the container uses.",
    Remedy = "Free some, or name another place with --images-dir.",
})
{
    private const ulong Least = 64UL << 20;

    /// <inheritdoc />
    public override IEnumerable<Finding> Check(HostObservation host) =>
        host.FreeSpace.Bytes < Least ? [Found($"{host.FreeSpace.Bytes >> 20} MiB are free in {host.FreeSpace.Path}")] : [];
}
