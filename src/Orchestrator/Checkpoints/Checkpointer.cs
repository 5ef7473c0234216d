using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Confinement;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Timelines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Checkpoints running containers.</summary>
/// <remarks>The container either runs on, unlocked, or is completely dumped: a failure at any step leaves it running. One checkpoint of a
/// process runs at a time (libcriu's state is global); further calls wait.</remarks>
public sealed class Checkpointer
{
    private readonly ILogger _log;

    /// <summary>Makes a checkpointer.</summary>
    /// <param name="logger">Told of every step; null for nobody.</param>
    public Checkpointer(ILogger<Checkpointer>? logger = null) => _log = logger ?? NullLogger<Checkpointer>.Instance;

    /// <summary>Checkpoints the container that <paramref name="pid"/> is a process of.</summary>
    /// <inheritdoc cref="Checkpoint(Func{Container}, CheckpointOptions, IProgress{CheckpointStep}?, CancellationToken)" />
    public CheckpointResult Checkpoint(int pid, CheckpointOptions? options = null, IProgress<CheckpointStep>? progress = null, CancellationToken cancellation = default) =>
        Checkpoint(() => Container.FromPid(pid), options ?? new CheckpointOptions(), progress, cancellation);

    /// <summary>Checkpoints the running container called <paramref name="name"/>.</summary>
    /// <inheritdoc cref="Checkpoint(Func{Container}, CheckpointOptions, IProgress{CheckpointStep}?, CancellationToken)" />
    public CheckpointResult Checkpoint(string name, CheckpointOptions? options = null, IProgress<CheckpointStep>? progress = null, CancellationToken cancellation = default) =>
        Checkpoint(() => Container.FromName(name), options ?? new CheckpointOptions(), progress, cancellation);

    /// <summary>Checkpoints the container that <paramref name="find"/> finds.</summary>
    /// <param name="find">Finds the container; its time counts as discovery.</param>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of each step, on the calling thread; not between freeze and resume.</param>
    /// <param name="cancellation">Honoured up to the freeze; after it the checkpoint is brought to its end.</param>
    /// <exception cref="ContainerException">There is no such container.</exception>
    /// <exception cref="CheckpointRefusedException">It was refused before anything was frozen.</exception>
    /// <exception cref="CheckpointFailedException">It failed afterwards; the exception tells whether the container runs on.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the freeze; the container was not touched.</exception>
    public CheckpointResult Checkpoint(Func<Container> find, CheckpointOptions options, IProgress<CheckpointStep>? progress = null, CancellationToken cancellation = default)
    {
        var start = MonotonicClock.Microseconds();
        var recorder = new SpanRecorder();
        using var started = StartedCriu.Begin(options.Criu);
        progress?.Report(CheckpointStep.Discover);
        var container = find();
        using var claim = ContainerClaim.TryTake(ContainerClaim.Checkpoint, container.Name)
            ?? throw new CheckpointRefusedException($"another checkpoint of {container.Name} is under way");
        var warnings = CheckpointRefusals.Check(container, options).ToList();
        CheckpointLog.Found(_log, container.Name, container.InitPid, container.Processes.SelfAndDescendants().Count());
        cancellation.ThrowIfCancellationRequested();
        var discovered = MonotonicClock.Microseconds();

        progress?.Report(CheckpointStep.Prepare);
        warnings.AddRange(CriuInstallation.DefaultConfigFiles().Select(path => $"criu reads {path}, whose settings override this command's"));
        using var networkNamespace = Namespace.Open(container.InitPid, NamespaceKind.Net);
        using var networkLock = PrepareLock(networkNamespace, container);
        using var network = NetworkStateDump.Prepare(networkNamespace, container, options.Network, out var obstacles);
        if (obstacles.Count > 0)
            warnings.Add($"the network namespace is left to criu, which takes longer: {string.Join("; ", obstacles)}");
        using var tmpfs = TmpfsStateDump.Prepare(container, options.Tmpfs, out var tmpfsObstacles);
        warnings.AddRange(tmpfsObstacles);
        using var yard = CgroupYard.Make(container);
        var (installation, worker, kerndat) = started.Get();
        using var inside = network is null ? null : CriuInNetwork.TryStart(installation, kerndat, networkNamespace, container);
        var plan = CheckpointPlan.For(container, options, network is null || inside is not null ? tmpfs.Externals : tmpfs.Externals.Prepend(network.External));
        using var images = ImageDirectory.Create(options.ImagesDirectory ?? ImageStore.NewDirectory(container.Name, DateTimeOffset.UtcNow));
        using var capture = FrozenCapture.Prepare(() =>
        {
            recorder.Run(Track.Beside, "save tmpfs", tmpfs.Capture);
            recorder.Run(Track.Beside, "save network", () => network?.Capture(images));
        });
        CheckpointNotifications notifications;
        CheckpointManifest manifest;
        try
        {
            images.CheckSpace(container, tmpfs.Bytes);
            tmpfs.Begin(images);
            if (AppArmorCapture.Take(container) is { } policy)
                images.Write(AppArmorImageFile.Name, AppArmorImageFile.Write(policy));
            manifest = ManifestBuilder.Prepare(container, options, plan, installation, networkLock.Method, network is null ? CaptureMode.Criu : CaptureMode.Native, inside is not null, tmpfs.Mounts);
            // The first time costs some milliseconds, which the container shall not wait for.
            _ = manifest.ToJson();
            notifications = new CheckpointNotifications(
                networkLock,
                capture.Begin,
                () => recorder.Run(Track.Own, "complete images", () =>
                {
                    capture.Complete();
                    tmpfs.Complete();
                    // The end of a container waits for its images, its going on does not.
                    if (!options.LeaveRunning)
                        ManifestBuilder.Complete(manifest, images);
                }),
                unlockWhenDumped: inside is not null && options.LeaveRunning);
            cancellation.ThrowIfCancellationRequested();
        }
        catch
        {
            images.Discard(keepLog: null);
            throw;
        }

        var prepared = MonotonicClock.Microseconds();
        progress?.Report(CheckpointStep.Dump);
        try
        {
            Dump(container, options, plan, (installation, inside ?? worker), yard, images, notifications);
        }
        catch (Exception e) when (e is LinuxException or CheckpointRefusedException)
        {
            capture.Dispose();
            throw Failure(e, container, options, images, notifications);
        }

        var resumed = MonotonicClock.Microseconds();
        if (!options.LeaveRunning)
            Leftovers.CutOff(container);
        // Each of them would keep the namespace, and so the host's veth, after the container's end; or the memory of its tmpfs.
        networkLock.Dispose();
        network?.Dispose();
        tmpfs.Dispose();
        networkNamespace.Dispose();
        CheckpointLog.Dumped(_log, container.Name, resumed - notifications.FreezeRequested);

        progress?.Report(CheckpointStep.Finish);
        if (options.LeaveRunning)
            Complete(manifest, images);
        // The disk, and the container's monitor, take their time at once.
        var syncing = Task.Run(images.Sync, CancellationToken.None);
        if (!options.LeaveRunning)
            warnings.AddRange(Leftovers.Clear(container));
        syncing.GetAwaiter().GetResult();
        var end = MonotonicClock.Microseconds();
        recorder.Add(Track.Own, "discover", start, discovered);
        recorder.Add(Track.Own, "prepare", discovered, prepared);
        return new CheckpointResult(
            container.InitPid, container.Name, images.Path, images.TotalBytes(), options.LeaveRunning, networkLock.Method.ToString().ToLowerInvariant(), network is null ? CaptureMode.Criu : CaptureMode.Native,
            new CheckpointTimings(
                discovered - start, prepared - discovered, notifications.Frozen - notifications.FreezeRequested, notifications.Locked - notifications.Frozen,
                notifications.Dumped - notifications.Locked, notifications.UnlockTook, resumed - notifications.FreezeRequested, end - start),
            images.ReadStats(), warnings)
        {
            Timeline = options.Timeline ? CheckpointTimeline.Build(container.Name, notifications, recorder, images.ReadLog(options.LogFile), (start, resumed, end)) : null,
        };
    }

    private static NetworkLock PrepareLock(Native.Handles.FileDescriptor networkNamespace, Container container)
    {
        try
        {
            return NetworkLock.Prepare(networkNamespace);
        }
        catch (Exception e) when (e is NetworkLockUnavailableException or NetworkLockRefusedException)
        {
            throw new CheckpointRefusedException($"the network of {container.Name} cannot be locked: {e.Message}", e);
        }
    }

    private static void Dump(
        Container container, CheckpointOptions options, CheckpointPlan plan, (CriuInstallation Installation, CriuWorker Worker) started, CgroupYard? yard, ImageDirectory images,
        CheckpointNotifications notifications)
    {
        var service = new CriuService(started.Installation);
        using var criu = CriuDumpOptions.Build(service, container, options, plan, images, started.Worker);
        if (yard is not null)
            criu.CgroupYard = yard.Path;
        using var quiet = QuietCollector.Begin();
        try
        {
            service.Dump(criu, notifications.Handle);
        }
        catch
        {
            // criu need not tell: libcriu closes its socket first when a notification was answered with an error.
            notifications.Unlock();
            throw;
        }
    }

    private static void Complete(CheckpointManifest manifest, ImageDirectory images)
    {
        try
        {
            ManifestBuilder.Complete(manifest, images);
        }
        catch
        {
            // Without the manifest there is no checkpoint.
            images.Discard(keepLog: null);
            throw;
        }
    }

    private CheckpointFailedException Failure(
        Exception cause, Container container, CheckpointOptions options, ImageDirectory images, CheckpointNotifications notifications)
    {
        images.Discard(keepLog: options.LogFile);
        var trouble = ContainerHealth.Trouble(container);
        CheckpointLog.Failed(_log, container.Name, cause);
        var state = trouble is null ? $"{container.Name} runs on" : $"ATTENTION: {trouble}";
        var frozen = notifications.Frozen == 0 ? "before anything was frozen" : "while the container was frozen";
        var findings = CriuFailureMap.Explain((cause as CriuException)?.LogErrors ?? []);
        var known = string.Concat(findings.Select(finding => $"\n{finding.Id} {finding.Title}: {finding.Why} {finding.Remedy}"));
        return new CheckpointFailedException($"the checkpoint of {container.Name} failed {frozen}; {state}.\n{cause.Message}{known}", trouble is null, cause, findings);
    }
}
