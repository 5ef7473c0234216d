using System.Security.Cryptography;
using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Preflight.Snapshot;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Timelines;
using Microsoft.Extensions.Logging;
using static LxcNative.Native.Processes.MonotonicClock;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>One checkpoint, from the container that was found to the images that are complete.</summary>
internal sealed class CheckpointRun : IDisposable
{
    private const string Interrupted = "it was interrupted";
    private readonly Container _container;
    private readonly CheckpointOptions _options;
    private readonly ILogger _log;
    private readonly SpanRecorder _recorder = new();
    private readonly List<string> _warnings = [];
    private readonly FileDescriptor _network;
    private readonly HeldNetwork _held;
    private readonly PartSavings _parts;
    private readonly CriuInstallation _installation;
    private readonly CriuWorker _worker;
    private readonly CriuWorker? _elsewhere;
    private readonly ImageDirectory _images;
    private readonly CaptureThread _capture;
    private readonly ImageCompletion _completion;
    private readonly FrozenWindow _window;
    private readonly CommitGate? _gate;
    private readonly ECDsa? _key;
    private readonly InPlaceReturn? _inPlace;
    private readonly CriuKerndat? _kerndat;
    private readonly int _attempt;
    private readonly CancellationToken _cancellation;
    private bool _isReleased;
    private BroughtBack? _back;

    /// <summary>Prepares everything, while the container runs.</summary>
    /// <param name="snapshot">The container, and what the pre-flight read of it.</param>
    /// <param name="options">How.</param>
    /// <param name="started">The criu that is starting; stays the caller's.</param>
    /// <param name="attempt">Which try it is, from 1.</param>
    /// <param name="log">Told of what happened.</param>
    /// <param name="cancellation">Honoured as long as the container can go on.</param>
    /// <exception cref="RefusedException">It cannot be done; nothing was frozen, and nothing is left.</exception>
    public CheckpointRun(ContainerSnapshot snapshot, CheckpointOptions options, StartedCriu started, int attempt, ILogger log,
        CancellationToken cancellation)
    {
        var container = snapshot.Container;
        (_container, _options, _attempt, _log, _cancellation) = (container, options, attempt, log, cancellation);
        var undo = new Stack<Action>();
        try
        {
            _key = options.SigningKey is { } key ? Keep(undo, ManifestSignature.SigningKey(key)) : null;
            _gate = CommitGate.Prepare(options, _recorder, _warnings);
            if (_gate is not null)
                Keep(undo, _gate);
            _network = Keep(undo, Namespace.Open(container.InitPid, NamespaceKind.Net));
            _held = Keep(undo, HeldNetwork.Prepare(_network, container, options));
            _parts = Keep(undo, PartSavings.Prepare(new SavingContext(container, options, _network, snapshot, _held.TableName)));
            if (options.Restore)
                _inPlace = Keep(undo, InPlaceReturn.Begin(container, options, _network, _parts.NetworkSavedBy, _held.Shared));
            (_installation, _worker, _kerndat) = started.Get();
            _elsewhere = _parts.StartCriu(_installation, _kerndat);
            if (_elsewhere is not null)
                Keep(undo, _elsewhere);
            _images = Keep(undo, ImageDirectory.Create(options.ImagesDirectory ?? new CheckpointStore(options.Store)
                .NewDirectory(container.Name, DateTimeOffset.UtcNow)));
            undo.Push(() => _images.Discard(keepLog: null));
            _capture = Keep(undo, CaptureThread.Prepare(() => _parts.Capture(_recorder)));
            var needed = MemoryEstimate.Bytes(snapshot) + _parts.Bytes;
            _images.CheckSpace(needed);
            // Where somebody looks at them before the container runs on, or they are all that is left of it, they have to be where they belong.
            if (options is { LeaveRunning: true, IsThrownAway: false } && _gate is null)
                _images.KeepInMemory(needed);
            _parts.Begin(_images);
            var manifest = ManifestWriter.Prepare(container, options, _parts, _installation, _held.Method);
            // The first time costs some milliseconds, which the container shall not wait for.
            _ = manifest.ToJson();
            _completion = new ImageCompletion(manifest, _images, _parts, _key);
        }
        catch
        {
            while (undo.TryPop(out var revert))
                revert();
            throw;
        }

        _warnings.AddRange(_parts.Warnings);
        _warnings.AddRange(_held.Limitations);
        _warnings.AddRange(_inPlace?.Limitations ?? []);
        _window = FrozenWindow.Of(
            new FrozenActions(_held.Lock, _capture.Begin, () => _recorder.Run(Track.Own, "complete images", CompleteCapture), _completion.Complete,
                _held.Unlock)
            {
                LookAgain = _parts.Asked,
                HoldIncoming = options.Restore ? _held.HoldIncoming : null,
                Commit = options.LeaveRunning && _gate is null ? null : Commit,
            },
            options.LeaveRunning, _parts.HidesUnlock && !_held.Holds);
    }

    /// <summary>Dumps: from the freeze until the container runs again, or has ended.</summary>
    /// <exception cref="FailedException">It failed; the exception tells the container's state.</exception>
    public void Dump()
    {
        IReadOnlyList<string> abandoned = [];
        using var watch = StallWatch.Begin((_elsewhere ?? _worker).Pid, _options.StallTimeout ?? StallWatch.UsualPatience,
            () => _window.Frozen != 0);
        try
        {
            var service = new CriuService(_installation);
            using var criu = CriuDumpOptions.Build(service, _container, _options, _parts, _images, _elsewhere ?? _worker);
            using var quiet = QuietCollector.Begin();
            try
            {
                if (service.Dump(criu, notification => watch.WhileAnswering(_window.Handle, notification)).LateFailure is { } late)
                    _warnings.Add($"the images are complete, but criu's last notification was not answered well: {late.Message}");
            }
            catch (CriuException) when (_window.Frozen != 0)
            {
                // While the lock is still there: a socket under repair takes what comes, and answers nothing.
                abandoned = AbandonedSockets.Release(_container);
                throw;
            }
            finally
            {
                // criu need not tell: libcriu closes its socket first when a notification was answered with an error.
                if (_options.LeaveRunning || _window.Completed == 0)
                    _held.Unlock();
            }
        }
        catch (Exception e) when (e is LinuxException or LxcNativeException)
        {
            _capture.Dispose();
            var isGone = ContainerHealth.IsGone(_container);
            if (!isGone)
            {
                _held.Unlock();
                abandoned = [.. abandoned, .. _parts.GiveBack()];
            }

            // It is on its way back already, or is called back; and even then it may have ended.
            if (!isGone || _inPlace is not { IsArmed: true } || _window.Completed == 0)
                abandoned = [.. abandoned, .. _inPlace?.Cancel() ?? []];
            if (_inPlace is { IsArmed: true } && _window.Completed > 0)
            {
                _warnings.Add($"{_container.Name} ended with its images complete, and criu failed then: {e.Message}");
            }
            else
            {
                throw CheckpointFailure.Of(e, watch.Stalled, _container, _options, _images, _window, abandoned, _attempt, _log);
            }
        }

        Resumed = MonotonicClock.Microseconds();
        CheckpointLog.Dumped(_log, _container.Name, Resumed - _window.Asked);
    }

    /// <summary>When the container ran again, or had ended; microseconds of CLOCK_MONOTONIC.</summary>
    public long Resumed { get; private set; }

    /// <summary>Waits until a container is back that is to come back in place.</summary>
    /// <exception cref="FailedException">It is dumped, and did not come back.</exception>
    public void BringBack()
    {
        if (_inPlace is null)
            return;
        if (!_inPlace.KeepsNetwork)
            CutOff();
        _back = BroughtBack.Await(_inPlace, _container.Name, _images.Path, _recorder, CutOff, _warnings);
        // Whoever took the lock over has it; before a second try it is let go.
        if (_inPlace.KeepsNetwork && !_isReleased)
            _held.Leave();
    }

    /// <summary>Brings the images to the disk, and clears away what the container left. What fails from here on cannot undo the checkpoint of a container that
    /// has ended: it is a warning.</summary>
    /// <param name="progress">Told that this begins.</param>
    /// <exception cref="FailedException">The container runs, and its images could not be completed.</exception>
    public void Finish(IProgress<CheckpointStep>? progress)
    {
        Attempt.RunForeign(_warnings, "progress could not be told", () => progress?.Report(CheckpointStep.Finish));
        if (_options.LeaveRunning)
            _warnings.AddRange(_parts.GiveBack());
        else if (_back is null)
            CutOff();
        Attempt.Run(_warnings, "not everything could be let go", Release);
        if (_options.LeaveRunning && _gate is null)
            CompleteBeside();
        // The disk, and the container's monitor, take their time at once.
        var syncing = _options.IsThrownAway ? Task.CompletedTask : Task.Run(() => _completion.Seal(Resumed - _window.Asked), CancellationToken.None);
        try
        {
            if (!_options.LeaveRunning && _back is null)
                Attempt.Run(_warnings, "what the container left was not looked after", () => _warnings.AddRange(Leftovers.Clear(_container)));
        }
        finally
        {
            Attempt.Run(_warnings, "the images may not be on the disk yet", () => syncing.GetAwaiter().GetResult());
        }

        _warnings.AddRange(_completion.Shortfalls);
    }

    /// <summary>What was made.</summary>
    /// <param name="start">When the checkpoint began.</param>
    /// <param name="discovered">When the container was found.</param>
    /// <param name="prepared">When the freeze could be asked for.</param>
    /// <param name="warnings">What was found before.</param>
    public CheckpointResult Result(long start, long discovered, long prepared, IEnumerable<string> warnings)
    {
        var end = MonotonicClock.Microseconds();
        _recorder.Add(Track.Own, "discover", start, discovered);
        _recorder.Add(Track.Own, "prepare", discovered, prepared);
        if (_held.Packets is { Overflowed: > 0 and var lost })
            _warnings.Add($"{lost} packets were dropped while the container stood still: more than {NetworkLock.HeldPackets} came");
        Native.Criu.Images.DumpStatistics? statistics = null;
        Attempt.Run(_warnings, "criu's statistics cannot be read", () => statistics = _images.ReadStats());
        Timeline? timeline = null;
        if (_options.Timeline)
            Attempt.Run(_warnings, "there is no timeline",
                () => timeline = CheckpointTimeline.Build(_container.Name, _window, _held, _recorder, _images.ReadLog(_options.LogFile),
                (start, Resumed, end)));
        var bytes = 0L;
        Attempt.Run(_warnings, "the size of the images is not known", () => bytes = _images.TotalBytes());
        return new CheckpointResult(
            _container.InitPid, _container.Name, _images.Path, bytes, _options.LeaveRunning, _held.Method, _parts.NetworkSavedBy,
            new CheckpointTimings(
                Between(start, discovered), Between(discovered, prepared), Between(_window.Asked, _window.Frozen), Between(_window.Frozen, _held.Locked),
                Between(_held.Locked, _window.Dumped), Between(0, _held.UnlockTook), Between(_window.Asked, Resumed), Between(start, end))
            {
                Rehearsal = _gate?.Rehearsed ?? TimeSpan.Zero,
                Away = _back is null ? TimeSpan.Zero : Between(_window.Asked, _back.Resumed),
            },
            statistics, [.. warnings, .. _warnings, .. _held.Shortfalls, .. _back?.Result.Warnings ?? []])
        {
            PreCopied = _parts.PreCopied,
            Packets = _back?.Packets ?? _held.Packets,
            Restored = _back?.Result,
            Timeline = timeline,
        };
    }

    /// <summary>Nothing was frozen: removes what was prepared.</summary>
    public void Abandon() => _images.Discard(keepLog: null);

    /// <inheritdoc />
    public void Dispose()
    {
        _gate?.Dispose();
        _key?.Dispose();
        _inPlace?.Dispose();
        _capture.Dispose();
        _images.Dispose();
        _elsewhere?.Dispose();
        Release();
    }

    // While it is still locked: its sockets have ended, and the kernel would answer in their place.
    private void CutOff()
    {
        Attempt.Run(_warnings, "links of the host could not be removed", () =>
        {
            if (_inPlace is { KeepsNetwork: true })
                _inPlace.CutOff();
            else
                Leftovers.CutOff(_container);
        });
        Attempt.Run(_warnings, "not everything could be let go", Release);
    }

    // Each of them would keep the namespace, and so the host's veth, after the container's end; or the memory of its tmpfs.
    private void Release()
    {
        if (_isReleased)
            return;
        _isReleased = true;
        _held.Dispose();
        _network.Dispose();
        _parts.Dispose();
    }

    private void CompleteCapture()
    {
        _capture.Complete();
        _parts.Complete();
        Attempt.Run(_warnings, "connections inside of the container may have stood still for a moment longer", _held.LiftLimit);
    }

    private void Commit()
    {
        RequireWanted();
        // Beside the rehearsal, which another process has.
        var asked = _inPlace?.Ask(_images.Path, (_installation, _kerndat), (_elsewhere ?? _worker).Pid);
        try
        {
            _gate?.Pass(new CommitRequest(_container.Name, _container.InitPid, _images.Path), (_installation, _kerndat), _cancellation);
            RequireWanted();
        }
        catch
        {
            (asked as IAsyncResult)?.AsyncWaitHandle.WaitOne();
            throw;
        }

        if (asked is not null)
            _recorder.Run(Track.Own, "hand over to the monitor", () => _inPlace!.Arm(asked));
    }

    private void CompleteBeside()
    {
        if (_cancellation.IsCancellationRequested)
        {
            _images.Discard(keepLog: null);
            throw new FailedException($"{_container.Name} is not checkpointed, and runs on: {Interrupted}", ContainerState.RunsOn);
        }

        _completion.CompleteBeside(_container.Name);
    }

    private void RequireWanted()
    {
        if (_cancellation.IsCancellationRequested)
            throw new NotCommittedException(Interrupted, []);
    }

    private static T Keep<T>(Stack<Action> undo, T disposable)
        where T : IDisposable
    {
        undo.Push(disposable.Dispose);
        return disposable;
    }
}
