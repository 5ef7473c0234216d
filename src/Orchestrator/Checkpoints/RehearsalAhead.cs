using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A rehearsal before the checkpoint that it is for: another one is made, left running, rehearsed beside the container that runs, and thrown
/// away.</summary>
internal static class RehearsalAhead
{
    /// <summary>Holds it.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="options">How it will be checkpointed.</param>
    /// <param name="cancellation">Honoured up to the freeze of the other one, and after it.</param>
    /// <returns>What a reader should know.</returns>
    /// <exception cref="RefusedException">The container was refused before anything was frozen.</exception>
    /// <exception cref="FailedException">The images do not come back, or could not be made; the container runs on.</exception>
    public static IReadOnlyList<string> Run(ContainerReference reference, CheckpointOptions options, CancellationToken cancellation)
    {
        var (_, snapshot) = PreflightCheck.Look(reference.FindWithoutSockets(), options);
        using var images = ThrowAwayDirectory.For(snapshot.Container.Name, MemoryEstimate.Bytes(snapshot), options.Store);
        var made = new Checkpointer().Checkpoint(reference, options.ThrownAway(images.Path, RehearsalMode.Never), null, cancellation);
        var restore = new RestoreOptions
        {
            CheckHashes = false,
            Verbosity = options.Verbosity,
            Criu = options.Criu,
            MonitorProgram = options.MonitorProgram,
        };
        var report = ImagesCheck.Rehearse(images.Path, restore, options.RehearsalTimeout);
        cancellation.ThrowIfCancellationRequested();
        // Those that are left are of a container that stands in its own place.
        var blocking = report.Findings.Where(finding => finding.Blocks).ToList();
        if (blocking.Count > 0)
            throw new FailedException(
                $"{made.Name} is not checkpointed, and runs on: its images do not come back on this host, as their rehearsal shows:"
                + FindingText.Describe(blocking), ContainerState.RunsOn, null, blocking);
        return [.. report.Findings.Where(finding => finding.Id == ImageRules.NotRehearsed.Id).Select(finding => $"not rehearsed: {finding.Seen}")];
    }
}
