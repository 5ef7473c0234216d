using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The pre-flight as a checkpoint's first step: what is known to fail, or to lose something, before anything is frozen.</summary>
internal static class CheckpointRefusals
{
    /// <summary>Throws for what would make the checkpoint fail or worthless; returns what merely has to be said, and what was read of the container.</summary>
    /// <exception cref="RefusedException">Something blocks, and force was not asked for.</exception>
    public static (IReadOnlyList<string> Warnings, ContainerSnapshot Snapshot) Check(Container container, CheckpointOptions options)
    {
        var (report, snapshot) = PreflightCheck.Look(container, options);
        return (Decide(container.Name, report.Findings, options), snapshot);
    }

    /// <summary>Decides by what was found.</summary>
    /// <inheritdoc cref="Check" />
    public static IReadOnlyList<string> Decide(string name, IReadOnlyList<Finding> findings, CheckpointOptions options)
    {
        var blocking = findings.Where(finding => finding.Blocks).ToList();
        if (blocking.Count > 0 && !options.Force)
            throw new RefusedException($"{name} cannot be checkpointed as it is; nothing was frozen.{FindingText.Describe(blocking)}", findings);
        return [.. findings.Where(finding => finding.Severity > FindingSeverity.Note).Select(finding => $"{finding.Id} {finding.Title}: {finding.Seen}")];
    }
}
