using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Remedies;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Session led from outside.</summary>
internal sealed class SessionLeaderOutside() : PreflightRule(new RuleDescription
{
    Id = "LXN001",
    Title = "Session led from outside",
    Severity = FindingSeverity.Blocks,
    SeenBy = "NSsid in /proc/PID/status: 0 in the container’s own pid namespace",
    Why = "The process belongs to a session whose leader is not in the container: the session cannot be made again.",
    Remedy = "A job that lxc-attach left in the background: end it, and start it in a session of its own (setsid). Else start the container’s init in one (LXC "
        + "does; with unshare, put setsid before the program).",
    CriuMessage = "A session leader of N(N) is outside of its pid namespace",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Processes.Where(process => process.Status is { SessionInside: 0, PidNamespaceDepth: > 1 })
            .Select(process => Found(process, "its session leader is outside of the container",
                $"A session leader of {process.Pid}({process.PidInside}) is outside of its pid namespace") with
            {
                // Where the init's own is, all have it from there.
                Remedy = snapshot.Init.Status.SessionInside == 0 ? Description.Remedy : LeftByAttach.Remedy(process),
            });
}
