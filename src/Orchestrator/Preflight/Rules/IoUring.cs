using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>io_uring.</summary>
internal sealed class IoUring() : PreflightRule(new RuleDescription
{
    Id = "LXN020",
    Title = "io_uring",
    Severity = FindingSeverity.Blocks,
    SeenBy = "anon_inode:[io_uring] in /proc/PID/fd and maps",
    Why = "Requests of an io_uring are in the kernel, where nobody can read them.",
    Remedy = "Stop the program, or tell it to do without io_uring (or forbid it: sysctl kernel.io_uring_disabled=2, then restart it).",
    CriuMessage = "Unknown shit 600 (anon_inode:[io_uring])",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        foreach (var process in snapshot.Processes)
        {
            // criu looks at memory before it looks at descriptors.
            if (process.Mappings.Any(mapping => mapping.Target == Ring))
                yield return Found(process, "it has a ring in its memory", "Unknown shit 600 (anon_inode:[io_uring])");
            else if (process.Files.FirstOrDefault(file => file.Target == Ring) is { } file)
                yield return Found(file, "it is a ring", "send_fds failed (-22)");
        }
    }

    private const string Ring = "anon_inode:[io_uring]";
}
