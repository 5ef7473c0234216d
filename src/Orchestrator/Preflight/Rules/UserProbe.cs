using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>User-space probe.</summary>
internal sealed class UserProbe() : PreflightRule(new RuleDescription
{
    Id = "LXN025",
    Title = "User-space probe",
    Severity = FindingSeverity.Blocks,
    SeenBy = "[uprobes] in /proc/PID/maps",
    Why = "Somebody (perf, bpftrace) has put a probe into the program, for which the kernel added a page that criu refuses.",
    Remedy = "End the tracing, and restart the program: the page stays until it ends.",
    CriuMessage = "PID N has uprobes vma. Consider using --allow-uprobes.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Processes.Where(process => process.Mappings.Any(mapping => mapping.Target == "[uprobes]"))
            .Select(process => Found(process, "its memory has a page for probes", $"PID {process.PidInside} has uprobes vma. Consider using --allow-uprobes."));
}
