using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Preflight;

/// <summary>The pre-flight that tries it: a checkpoint that leaves the container running is made, in memory where there is room, rehearsed, and thrown
/// away.</summary>
public static class RehearsedCheck
{
    /// <summary>Looks at a running container; where nothing blocks it is checkpointed and rehearsed, and stands still meanwhile.</summary>
    /// <param name="container">The container.</param>
    /// <param name="options">The options of the checkpoint that is intended; null for the defaults. Its images go elsewhere.</param>
    /// <param name="cancellation">Honoured up to the freeze.</param>
    /// <returns>What was found, the gravest first.</returns>
    /// <exception cref="RefusedException">There is no such container, or no rehearsal can be had.</exception>
    /// <exception cref="FailedException">Something else failed; the exception tells the container's state.</exception>
    public static PreflightReport Run(ContainerReference container, CheckpointOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(container);
        options ??= new CheckpointOptions();
        var start = MonotonicClock.Microseconds();
        var (report, snapshot) = PreflightCheck.Look(container.FindWithoutSockets(), options);
        if (report.IsBlocked && !options.Force)
            return report;
        using var place = ThrowAwayDirectory.For(snapshot.Container.Name, MemoryEstimate.Bytes(snapshot), options.Store);
        try
        {
            var result = new Checkpointer().Checkpoint(container, options.ThrownAway(place.Path, RehearsalMode.Always), null, cancellation);
            return report with { StoodStill = result.Timings.Pause, Took = MonotonicClock.Between(start, MonotonicClock.Microseconds()) };
        }
        catch (FailedException e)
            when (e is { State: ContainerState.RunsOn, InnerException.InnerException: NotCommittedException { Findings.Count: > 0 } refusal })
        {
            return report with { Findings = [.. refusal.Findings, .. report.Findings], Took = MonotonicClock.Between(start, MonotonicClock.Microseconds()) };
        }
    }
}
