using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Secret memory.</summary>
internal sealed class SecretMemory() : PreflightRule(new RuleDescription
{
    Id = "LXN024",
    Title = "Secret memory",
    Severity = FindingSeverity.Blocks,
    SeenBy = "/secretmem in /proc/PID/maps and fd",
    Why = "memfd_secret(2) hides memory even from root: it cannot be read for the images.",
    Remedy = "Stop the program, or tell it to do without (kernel parameter secretmem.enable=0).",
    CriuMessage = "Unknown shit 100600 (/secretmem (deleted))",
})
{
    /// <inheritdoc />
    public override IEnumerable<Finding> Check(ContainerSnapshot snapshot, CheckpointOptions options)
    {
        foreach (var process in snapshot.Processes)
        {
            if (process.Mappings.Any(mapping => mapping.Target.StartsWith("/secretmem", StringComparison.Ordinal)))
                yield return Found(process, "it has secret memory", "Unknown shit 100600 (/secretmem (deleted))");
            else if (process.Files.FirstOrDefault(file => file.Target.StartsWith("/secretmem", StringComparison.Ordinal)) is { } file)
                yield return Found(file, "it is secret memory", $"Can't lookup mount={file.MountId} for fd={file.Number} path=/secretmem (deleted)");
        }
    }
}
