using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>Tells before the freeze what criu would say after it. Nothing is frozen, stopped, attached to or changed.</summary>
public static class PreflightCheck
{
    // A systemd inside that is asked for its units has a time of its own, which is to be over before.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Looks at a running container.</summary>
    /// <param name="container">The container, just discovered.</param>
    /// <param name="options">The options of the checkpoint that is intended; null for the defaults.</param>
    /// <returns>What was found, the gravest first.</returns>
    /// <exception cref="RefusedException">The container ended meanwhile.</exception>
    public static PreflightReport Run(Container container, CheckpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(container);
        return Look(container, options ?? new CheckpointOptions()).Report;
    }

    /// <summary>Finds a running container and looks at it; nothing of it is read twice.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="options">The options of the checkpoint that is intended; null for the defaults.</param>
    /// <returns>What was found, the gravest first.</returns>
    /// <exception cref="RefusedException">There is no such container, or it ended meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static PreflightReport Run(ContainerReference reference, CheckpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Look(reference.FindWithoutSockets(), options ?? new CheckpointOptions()).Report;
    }

    /// <summary>Finds a running container and looks at it, on a thread of its own.</summary>
    /// <inheritdoc cref="Run(ContainerReference, CheckpointOptions)" />
    /// <param name="reference">The container.</param>
    /// <param name="options">The options of the checkpoint that is intended; null for the defaults.</param>
    /// <param name="cancellation">Honoured between the container's being found and the look at it, and before.</param>
    public static Task<PreflightReport> RunAsync(ContainerReference reference, CheckpointOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return OwnThread.Run(
            () =>
            {
                var container = reference.FindWithoutSockets();
                cancellation.ThrowIfCancellationRequested();
                return Look(container, options ?? new CheckpointOptions()).Report;
            }, cancellation);
    }

    /// <summary>Looks at a running container, and hands on what was read of it: whoever needs more of the container finds it there, and reads nothing
    /// again.</summary>
    /// <inheritdoc cref="Run(Container, CheckpointOptions)" path="/exception" />
    internal static (PreflightReport Report, ContainerSnapshot Snapshot) Look(Container container, CheckpointOptions options)
    {
        var start = MonotonicClock.Microseconds();
        var snapshot = LookLimit.Run(container.Name, () => SnapshotCollector.Collect(container, options.Criu), Longest);
        var findings = Decide(snapshot, options);
        return (new PreflightReport(container.Name, findings, MonotonicClock.Between(start, MonotonicClock.Microseconds())), snapshot);
    }

    /// <summary>Applies every rule to a snapshot.</summary>
    internal static IReadOnlyList<Finding> Decide(ContainerSnapshot snapshot, CheckpointOptions options) =>
        [.. RuleCatalog.Rules.SelectMany(rule => rule.Check(snapshot, options)).OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)];
}
