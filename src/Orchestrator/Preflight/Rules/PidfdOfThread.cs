using LxcNative.Native.Uapi;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Handle of a thread.</summary>
internal sealed class PidfdOfThread() : PreflightRule(new RuleDescription
{
    Id = "LXN036",
    Title = "Handle of a thread",
    Severity = FindingSeverity.Blocks,
    SeenBy = "PIDFD_THREAD among the flags in /proc/PID/fdinfo/N of a pidfd",
    Why = "criu knows handles of processes only.",
    Remedy = "Stop the program that made it (pidfd_open with PIDFD_THREAD).",
    CriuMessage = "PIDFD_THREAD flag is currently not supported",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        snapshot.Files.Where(file => file.Info is not null && FdInfo.IsPidfd(file) && FdInfo.Flags(file.Info) is { } flags && (flags & Pidfd.PIDFD_THREAD) != 0)
            .Select(file => Found(file, "it is a handle of a thread", "PIDFD_THREAD flag is currently not supported"));
}
