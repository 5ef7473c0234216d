using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Session whose leader is not above its process.</summary>
internal sealed class SessionWithoutLeader() : PreflightRule(new RuleDescription
{
    Id = "LXN019",
    Title = "Session whose leader is not above its process",
    Severity = FindingSeverity.BlocksRestore,
    SeenBy = "Session and parents of every process",
    Why = "A process gets its session by being born in it. Where the leader has ended and a subreaper other than init has taken the process in, nobody is "
        + "left to be born from: criu makes a leader for init’s own children only.",
    Remedy = "Restart the program, or its subreaper (containerd-shim, a user’s systemd, a supervisor).",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        var seen = snapshot.Processes.ToDictionary(process => process.Pid);
        // Parents come first; a process has the sessions that are led above it, and that of its parent.
        var waiting = new Stack<(ContainerProcess Process, ContainerProcess? Parent, HashSet<int> Above)>([(snapshot.Container.Processes, null, [])]);
        while (waiting.TryPop(out var at))
        {
            var (process, parent, above) = at;
            var isOfInit = parent is null || parent.Pid == snapshot.Container.InitPid;
            if (!isOfInit && process.Session != 0 && process.Session != process.Pid && process.Session != parent!.Session && !above.Contains(process.Session)
                && seen.TryGetValue(process.Pid, out var found))
                yield return Found(found,
                    $"its session is {found.Status.SessionInside}, which nobody above it leads; its parent is {parent.Name} ({parent.PidInside}), not init");
            var below = process.Children.Count == 0 || above.Contains(process.Pid) || process.Session != process.Pid ? above : [.. above, process.Pid];
            foreach (var child in process.Children)
                waiting.Push((child, process, below));
        }
    }
}
