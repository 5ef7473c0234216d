using System.Globalization;
using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Timelines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Restores checkpoints.</summary>
/// <remarks>The container is restored by a monitor process, which stays its parent until it ends; this process may end before it.</remarks>
public sealed class Restorer
{
    private readonly ILogger _log;

    /// <summary>Makes a restorer.</summary>
    /// <param name="logger">Told of every step; null for nobody.</param>
    public Restorer(ILogger<Restorer>? logger = null) => _log = logger ?? NullLogger<Restorer>.Instance;

    /// <summary>Restores the checkpoint in a directory.</summary>
    /// <param name="imagesDirectory">The directory.</param>
    /// <param name="options">How; null for what it was.</param>
    /// <param name="progress">Told of each step, on the calling thread.</param>
    /// <param name="cancellation">Honoured until the monitor is started.</param>
    /// <exception cref="CheckpointRefusedException">It was refused before anything was made.</exception>
    /// <exception cref="RestoreFailedException">It failed; the exception tells whether anything is left of the attempt.</exception>
    public RestoreResult Restore(string imagesDirectory, RestoreOptions? options = null, IProgress<RestoreStep>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new RestoreOptions();
        var start = MonotonicClock.Microseconds();
        if (CurrentProcess.EffectiveUserId != 0)
            throw new UnauthorizedAccessException("restoring a container needs root: run it with sudo");
        using var monitor = StartedMonitor.Start(FindMonitor(options.MonitorProgram));
        progress?.Report(RestoreStep.Verify);
        var directory = DirectoryPath.Full(imagesDirectory);
        var manifest = CheckpointManifest.Read(directory);
        var starting = Task.Run(() => FindCriu(options.Criu), cancellation);
        RestoreRefusals.CheckImages(directory, manifest);
        using var prefetch = ImagePrefetch.Start(directory, manifest.Files);
        RestoreRefusals.CheckNotRunning(manifest.Container);
        var (installation, kerndat) = starting.GetAwaiter().GetResult();
        if (manifest.CriuInNetwork && kerndat is null)
            throw new CheckpointRefusedException($"{installation.CriuPath} does not keep what it finds out about the kernel: inside of a locked network it cannot find it out");
        var request = RestorePlan.For(manifest, directory, options, installation, kerndat);
        RestoreRefusals.CheckHost(request);
        cancellation.ThrowIfCancellationRequested();
        var verified = MonotonicClock.Microseconds();

        progress?.Report(RestoreStep.Restore);
        var reply = monitor.Ask(request);
        if (reply.Error is { } error)
        {
            if (reply.IsRefused)
                throw new CheckpointRefusedException(error);
            RestoreLog.Failed(_log, request.Name, error);
            throw new RestoreFailedException($"the restore of {request.Name} failed{(reply.CleanedUp ? "; nothing of it is left" : "")}.\n{error}", reply.CleanedUp);
        }

        if (options.PidFile is { } file)
            File.WriteAllText(file, reply.Pid.ToString(CultureInfo.InvariantCulture) + "\n");
        RestoreLog.Restored(_log, request.Name, reply.Pid);
        var inside = reply.Timings!;
        var end = MonotonicClock.Microseconds();
        return new RestoreResult(
            reply.Pid, request.Name, directory, request.Detached ? 0 : monitor.Pid,
            inside with { Prepare = inside.Prepare + verified - start, Total = end - start }, reply.Criu, reply.Warnings)
        {
            Timeline = options.Timeline
                ? RestoreTimeline.Build(request.Name, [new TimelineSpan(Track.Own, RestoreSpan.Verify, start, verified), .. reply.Spans], CriuLog.Read(Path.Combine(directory, options.LogFile)), start, end)
                : null,
        };
    }

    private static (CriuInstallation Installation, CriuKerndat? Kerndat) FindCriu(CriuSearch search)
    {
        try
        {
            var installation = CriuInstallation.Find(search);
            return (installation, CriuKerndat.Find(installation.CriuPath));
        }
        catch (CriuNotFoundException e)
        {
            throw new CheckpointRefusedException(e.Message, e);
        }
    }

    private static IReadOnlyList<string> FindMonitor(string? named)
    {
        try
        {
            return MonitorProgram.Find(named);
        }
        catch (FileNotFoundException e)
        {
            throw new CheckpointRefusedException(e.Message, e);
        }
    }
}
