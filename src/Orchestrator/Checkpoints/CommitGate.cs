using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Rehearsals;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The last moment at which the container can go on: the images are complete, and whoever has a say in it is asked. First they are
/// rehearsed.</summary>
internal sealed class CommitGate : IDisposable
{
    private static readonly TimeSpan s_usualPatience = TimeSpan.FromMinutes(1);
    private readonly CheckpointOptions _options;
    private readonly Rehearser? _rehearser;
    private readonly SpanRecorder _recorder;
    private readonly List<string> _warnings;

    private CommitGate(CheckpointOptions options, Rehearser? rehearser, SpanRecorder recorder, List<string> warnings) =>
        (_options, _rehearser, _recorder, _warnings) = (options, rehearser, recorder, warnings);

    /// <summary>How long the rehearsal took; zero where there was none.</summary>
    public TimeSpan Rehearsed { get; private set; }

    /// <summary>Prepares it, while the container runs.</summary>
    /// <param name="options">How it is checkpointed.</param>
    /// <param name="recorder">Told what takes how long.</param>
    /// <param name="warnings">Told what cannot be rehearsed.</param>
    /// <returns>Null where nobody has a say.</returns>
    /// <exception cref="RefusedException">A rehearsal is wanted in any case, and cannot be had.</exception>
    public static CommitGate? Prepare(CheckpointOptions options, SpanRecorder recorder, List<string> warnings)
    {
        var rehearser = IsRehearsed(options, warnings) ? Start(options, warnings) : null;
        return rehearser is null && options.Commit is null && options.CommitCommand is null ? null : new CommitGate(options, rehearser, recorder, warnings);
    }

    /// <summary>Asks. The container stands still, and its images are complete.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="criu">The criu, and what it knows of the kernel.</param>
    /// <param name="cancellation">Nobody needs the answer any more, which may be missing then.</param>
    /// <exception cref="NotCommittedException">Somebody says no, or nothing in time.</exception>
    public void Pass(CommitRequest request, (CriuInstallation Installation, CriuKerndat? Kerndat) criu, CancellationToken cancellation)
    {
        if (_rehearser is not null)
            _recorder.Run(Track.Own, "rehearse", () => Rehearse(request.ImagesDir, criu, cancellation));
        if (_options.Commit is not null && !cancellation.IsCancellationRequested)
            _recorder.Run(Track.Own, "ask to commit", () => Ask(request, cancellation));
        if (_options.CommitCommand is { } program && !cancellation.IsCancellationRequested)
            _recorder.Run(Track.Own, "commit command", () => Run(program, request, cancellation));
    }

    private TimeSpan Patience => _options.CommitTimeout ?? s_usualPatience;

    /// <inheritdoc />
    public void Dispose() => _rehearser?.Dispose();

    private static bool IsRehearsed(CheckpointOptions options, List<string> warnings)
    {
        if (options.Rehearse != RehearsalMode.Auto)
            return options.Rehearse == RehearsalMode.Always;
        if (options.LeaveRunning)
            return false;
        // unix[INODE] and the like are the same at both ends; what has a key gets its value at the restore.
        if (options.External.FirstOrDefault(one => one.Contains("]:", StringComparison.Ordinal)) is not { } external)
            return true;
        warnings.Add($"not rehearsed: where {external} comes from is said at the restore");
        return false;
    }

    private static Rehearser? Start(CheckpointOptions options, List<string> warnings)
    {
        try
        {
            return Rehearser.Start(options.MonitorProgram);
        }
        catch (Exception e) when (options.Rehearse == RehearsalMode.Auto && e is RefusedException or SyscallException)
        {
            warnings.Add($"not rehearsed: {e.Message}");
            return null;
        }
        catch (SyscallException e)
        {
            throw new RefusedException($"the process that rehearses cannot be started: {e.Message}", e);
        }
    }

    private void Rehearse(string directory, (CriuInstallation Installation, CriuKerndat? Kerndat) criu, CancellationToken cancellation)
    {
        using var ending = cancellation.Register(_rehearser!.End);
        var outcome = _rehearser!.Run(directory, CheckpointManifest.Read(directory), new RestoreOptions { Verbosity = _options.Verbosity }, criu,
            _options.RehearsalTimeout ?? Rehearser.UsualPatience);
        Rehearsed = outcome.Took;
        foreach (var span in outcome.Spans)
            _recorder.Add(span.Track, $"rehearsal: {span.Name}", span.Start, span.End);
        _warnings.AddRange(outcome.Left.Select(left => $"of the rehearsal: {left}"));
        if (cancellation.IsCancellationRequested)
            return;
        if (outcome.Failure is { } failure)
            throw new NotCommittedException($"its images do not come back on this host, as their rehearsal shows: {failure}", outcome.Findings);
        if (outcome.Obstacle is not { } obstacle)
            return;
        if (_options.Rehearse == RehearsalMode.Always)
            throw new NotCommittedException($"its images cannot be rehearsed: {obstacle}", []);
        _warnings.Add($"not rehearsed: {obstacle}");
    }

    private void Run(string program, CommitRequest request, CancellationToken cancellation)
    {
        string? no;
        try
        {
            no = CommitProgram.Ask(program, request, Patience, cancellation);
        }
        catch (SyscallException e)
        {
            no = $"could not be asked: {e.Message}";
        }

        if (no is not null && !cancellation.IsCancellationRequested)
            throw new NotCommittedException($"{program} {no}", []);
    }

    private void Ask(CommitRequest request, CancellationToken cancellation)
    {
        var patience = Patience;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // On a thread of its own: one that never answers is left to itself.
        var asking = OwnThread.Run(() => _options.Commit!(request, silence.Token), CancellationToken.None);
        bool isAnswered;
        try
        {
            isAnswered = asking.Wait((int)patience.TotalMilliseconds, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (AggregateException e)
        {
            throw new NotCommittedException($"whoever was asked to commit it failed: {e.InnerException?.Message}", []);
        }

        if (!isAnswered)
        {
            silence.Cancel();
            throw new NotCommittedException($"whoever was asked to commit it did not answer within {patience.TotalSeconds:0.#} s", []);
        }

        if (!asking.Result)
            throw new NotCommittedException("whoever was asked to commit it said no", []);
    }
}
