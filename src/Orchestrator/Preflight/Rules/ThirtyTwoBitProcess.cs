using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>32-bit program.</summary>
internal sealed class ThirtyTwoBitProcess() : PreflightRule(new RuleDescription
{
    Id = "LXN005",
    Title = "32-bit program",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/proc/PID/maps: everything below 4 GiB; criu's program: whether it was built with compat support",
    Why = "This criu was built without support of 32-bit programs.",
    Remedy = "Use 64-bit programs, or a criu that was built with compat support.",
    CriuMessage = "Can't dump task N running in 32-bit mode",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Processes.Where(process => process.IsBelow4GiB && !snapshot.Host.CriuHasCompat)
            .Select(process => Found(process, "all of its memory is below 4 GiB", $"Can't dump task {process.Pid} running in 32-bit mode"));
}
