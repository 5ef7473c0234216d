using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Handle of a process outside.</summary>
internal sealed class PidfdOfOutsider() : PreflightRule(new RuleDescription
{
    Id = "LXN035",
    Title = "Handle of a process outside",
    Severity = FindingSeverity.Blocks,
    SeenBy = "Pid in /proc/PID/fdinfo/N of a pidfd",
    Why = "A pidfd of a process that is not in the container means nothing after a restore.",
    Remedy = "Make the program close it.",
    CriuMessage = "pidfd pid N is not a part of process tree..",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Files.Where(file => file.Info is not null && FdInfo.IsPidfd(file) && FdInfo.Pid(file.Info) is > 0 and var pid && !snapshot.Contains(pid))
            .Select(file => Found(file, $"it is a handle of process {FdInfo.Pid(file.Info!)} on the host", "is not a part of process tree.."));
}
