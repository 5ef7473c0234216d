using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>File lock.</summary>
internal sealed class FileLocks() : PreflightRule(new RuleDescription
{
    Id = "LXN026",
    Title = "File lock",
    Severity = FindingSeverity.Blocks,
    SeenBy = "lock: in /proc/PID/fdinfo/N",
    Why = "Locks are dumped only on request, because another process might take them while the container is gone.",
    Remedy = "Leave --file-locks on, as it is by default.",
    Permit = "--file-locks",
    CriuMessage = "Some file locks are hold by dumping tasks! You can try --file-locks to dump them.",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options) =>
        options.FileLocks
            ? []
            : snapshot.Files.Where(file => file is { Type: FileType.Regular, Number: >= 0, Info: not null }
            && file.Info.Contains("\nlock:", StringComparison.Ordinal))
            .Select(file => Found(file, $"{file.Target} is locked", "Some file locks are hold by dumping tasks! You can try --file-locks to dump them."));
}
