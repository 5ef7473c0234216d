using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>epoll watches a descriptor that is closed.</summary>
internal sealed class EscapedEpollTarget() : PreflightRule(new RuleDescription
{
    Id = "LXN034",
    Title = "epoll watches a descriptor that is closed",
    Severity = FindingSeverity.Blocks,
    SeenBy = "tfd lines of /proc/PID/fdinfo/N of an epoll descriptor",
    Why = "The process closed the descriptor, and something else (a child) keeps what is behind it alive: epoll still reports it, under a number that is free.",
    Remedy = "A fault of the program (epoll and fork): restart it.",
    CriuMessage = "Dump eventpoll (pid: N) failed with -1",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        foreach (var file in snapshot.Files)
        {
            foreach (var target in file.EscapedTargets)
                yield return Found(file, $"it watches descriptor {target}, which is closed", $"Dump eventpoll (pid: {file.Process.Pid}) failed");
        }
    }
}
