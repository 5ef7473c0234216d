using LxcNative.Native.Criu;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Checkpoints running containers.</summary>
/// <remarks>The container either runs on, unlocked, or is completely dumped: a failure at any step leaves it running. One checkpoint of a
/// process runs at a time (libcriu's state is global); further calls wait.</remarks>
public sealed class Checkpointer
{
    // In which a message is read that was in the way.
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);
    private readonly ILogger _log;

    /// <summary>Makes a checkpointer.</summary>
    /// <param name="logger">Told of every step; null for nobody.</param>
    public Checkpointer(ILogger<Checkpointer>? logger = null) => _log = logger ?? NullLogger<Checkpointer>.Instance;

    /// <summary>Checkpoints the container that <paramref name="pid"/> is a process of.</summary>
    /// <inheritdoc cref="Checkpoint(ContainerReference, CheckpointOptions, IProgress{CheckpointStep}?, CancellationToken)" />
    public CheckpointResult Checkpoint(int pid, CheckpointOptions? options = null, IProgress<CheckpointStep>? progress = null,
        CancellationToken cancellation = default) =>
        Checkpoint(ContainerReference.FromPid(pid), options, progress, cancellation);

    /// <summary>Checkpoints the running container called <paramref name="name"/>.</summary>
    /// <inheritdoc cref="Checkpoint(ContainerReference, CheckpointOptions, IProgress{CheckpointStep}?, CancellationToken)" />
    public CheckpointResult Checkpoint(string name, CheckpointOptions? options = null, IProgress<CheckpointStep>? progress = null,
        CancellationToken cancellation = default) =>
        Checkpoint(ContainerReference.FromName(name), options, progress, cancellation);

    /// <summary>Checkpoints the container that <paramref name="reference"/> names.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="options">What to do; null for the defaults.</param>
    /// <param name="progress">Told of each step, on the calling thread; not between freeze and resume.</param>
    /// <param name="cancellation">Honoured as long as the container can go on: before the freeze at once; while it stands still it goes on when criu has dumped
    /// it, and its images are removed.</param>
    /// <exception cref="RefusedException">There is no such container, or it was refused before anything was frozen.</exception>
    /// <exception cref="FailedException">It failed afterwards; the exception tells the container's state.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the freeze; the container was not touched.</exception>
    public CheckpointResult Checkpoint(ContainerReference reference, CheckpointOptions? options = null, IProgress<CheckpointStep>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        options ??= new CheckpointOptions();
        CheckpointOptionsCheck.Run(options);
        IReadOnlyList<string> ahead = [];
        if (options.Rehearse == RehearsalMode.Ahead)
        {
            ahead = RehearsalAhead.Run(reference, options, cancellation);
            options = options with { Rehearse = RehearsalMode.Never };
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = Run(reference, options, attempt, progress, cancellation);
                return ahead.Count == 0 ? result : result with { Warnings = [.. ahead, .. result.Warnings] };
            }
            catch (LxcNativeException e) when (CheckpointFailure.IsOfMoment(e, options, attempt))
            {
                // Nothing is lost but the moment.
                CheckpointLog.Again(_log, e.Message);
                cancellation.WaitHandle.WaitOne(BetweenAttempts);
            }
        }
    }

    private CheckpointResult Run(
        ContainerReference reference, CheckpointOptions options, int attempt, IProgress<CheckpointStep>? progress, CancellationToken cancellation)
    {
        var start = MonotonicClock.Microseconds();
        using var started = StartedCriu.Begin(options.Criu);
        progress?.Report(CheckpointStep.Discover);
        var container = reference.FindWithoutSockets();
        // First: what a checkpoint of this container left is taken back by whoever has the claim.
        List<string> warnings = [.. Recovery.RunBefore(container.Name)];
        using var claim = ContainerClaim.TryTake(ContainerClaim.Checkpoint, container.Name)
            ?? throw new RefusedException($"another checkpoint of {container.Name} is under way");
        var (findings, snapshot) = CheckpointRefusals.Check(container, options);
        warnings.AddRange(findings);
        container = snapshot.Container;
        warnings.AddRange(CriuInstallation.DefaultConfigFiles().Select(path => $"criu reads {path}, whose settings override this command's"));
        CheckpointLog.Found(_log, container.Name, container.InitPid, container.Processes.SelfAndDescendants().Count());
        cancellation.ThrowIfCancellationRequested();
        var discovered = MonotonicClock.Microseconds();

        progress?.Report(CheckpointStep.Prepare);
        using var run = new CheckpointRun(snapshot, options, started, attempt, _log, cancellation);
        if (cancellation.IsCancellationRequested)
        {
            run.Abandon();
            cancellation.ThrowIfCancellationRequested();
        }

        var prepared = MonotonicClock.Microseconds();
        progress?.Report(CheckpointStep.Dump);
        run.Dump();
        try
        {
            run.BringBack();
        }
        finally
        {
            run.Finish(progress);
        }

        return run.Result(start, discovered, prepared, warnings);
    }

    /// <summary>Checkpoints the container that <paramref name="pid"/> is a process of, on a thread of its own.</summary>
    /// <inheritdoc cref="CheckpointAsync(ContainerReference, CheckpointOptions, IProgress{CheckpointStep}?, CancellationToken)" />
    public Task<CheckpointResult> CheckpointAsync(int pid, CheckpointOptions? options = null, IProgress<CheckpointStep>? progress = null,
        CancellationToken cancellation = default) =>
        CheckpointAsync(ContainerReference.FromPid(pid), options, progress, cancellation);

    /// <summary>Checkpoints the running container called <paramref name="name"/>, on a thread of its own.</summary>
    /// <inheritdoc cref="CheckpointAsync(ContainerReference, CheckpointOptions, IProgress{CheckpointStep}?, CancellationToken)" />
    public Task<CheckpointResult> CheckpointAsync(string name, CheckpointOptions? options = null, IProgress<CheckpointStep>? progress = null,
        CancellationToken cancellation = default) =>
        CheckpointAsync(ContainerReference.FromName(name), options, progress, cancellation);

    /// <summary>Checkpoints the container that <paramref name="reference"/> names, on a thread of its own.</summary>
    /// <inheritdoc cref="Checkpoint(ContainerReference, CheckpointOptions, IProgress{CheckpointStep}?, CancellationToken)" />
    /// <returns>What was made. The task ends when the blocking method would return or throw: cancelled after the freeze it is brought to its end.</returns>
    public Task<CheckpointResult> CheckpointAsync(ContainerReference reference, CheckpointOptions? options = null, IProgress<CheckpointStep>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return OwnThread.Run(() => Checkpoint(reference, options, progress, cancellation), cancellation);
    }
}
