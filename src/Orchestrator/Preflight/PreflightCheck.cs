using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Tells before the freeze what criu would say after it. Nothing is frozen, stopped, attached to or changed.</summary>
public static class PreflightCheck
{
    /// <summary>Looks at a running container.</summary>
    /// <param name="container">The container, just discovered.</param>
    /// <param name="options">The options of the checkpoint that is intended; null for the defaults.</param>
    /// <returns>What was found, the gravest first.</returns>
    /// <exception cref="ContainerException">The container ended meanwhile.</exception>
    public static PreflightReport Run(Container container, CheckpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(container);
        var start = MonotonicClock.Microseconds();
        options ??= new CheckpointOptions();
        var findings = Decide(SnapshotCollector.Collect(container, options.Criu), options);
        return new PreflightReport(container.Name, findings, MonotonicClock.Microseconds() - start);
    }

    /// <summary>Applies every rule to a snapshot.</summary>
    internal static IReadOnlyList<Finding> Decide(PreflightSnapshot snapshot, CheckpointOptions options) =>
        [.. RuleCatalog.Rules.SelectMany(rule => rule.Check(snapshot, options)).OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Id, StringComparer.Ordinal)];
}
