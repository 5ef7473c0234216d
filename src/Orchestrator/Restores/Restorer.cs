using System.Globalization;
using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Timelines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static LxcNative.Native.Processes.MonotonicClock;

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
    /// <exception cref="RefusedException">It was refused before anything was made.</exception>
    /// <exception cref="FailedException">It failed; the exception tells whether anything is left of the attempt.</exception>
    public RestoreResult Restore(string imagesDirectory, RestoreOptions? options = null, IProgress<RestoreStep>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new RestoreOptions();
        RestoreOptionsCheck.Run(options);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Once(imagesDirectory, options, progress, cancellation);
            }
            catch (FailedException e) when (e is { IsPassing: true, State: ContainerState.Untouched } && attempt < PassingFailure.Attempts)
            {
                // Nothing is left of it.
            }
        }
    }

    private RestoreResult Once(string imagesDirectory, RestoreOptions options, IProgress<RestoreStep>? progress, CancellationToken cancellation)
    {
        var start = MonotonicClock.Microseconds();
        RootOnly.Require("restoring a container");
        using var monitor = StartedMonitor.Start(RestorePrograms.Monitor(options.MonitorProgram));
        progress?.Report(RestoreStep.Verify);
        var directory = DirectoryPath.Full(imagesDirectory);
        var manifest = CheckpointManifest.Read(directory);
        using var use = ImagesUse.Begin(directory);
        var starting = Task.Run(() => RestorePrograms.Criu(options.Criu), cancellation);
        using var prefetch = ImagePrefetch.Start(directory, manifest.Files);
        var name = options.Name ?? manifest.Container.Name;
        var recovered = Recovery.RunBefore(name);
        var (plan, findings) = RestoreCheck.RunInTurn(directory, manifest, options);
        var (installation, kerndat) = starting.GetAwaiter().GetResult();
        if (plan is null || RestoreCheck.Blocks(findings))
            throw RestoreCheck.Refusal(name, findings);
        if (new NetworkPart().Read(plan.States).CriuInside && kerndat is null)
            throw new RefusedException(
                $"{installation.CriuPath} does not keep what it finds out about the kernel: inside of a locked network it cannot find it out");
        cancellation.ThrowIfCancellationRequested();
        var verified = MonotonicClock.Microseconds();

        progress?.Report(RestoreStep.Restore);
        var reply = monitor.Ask(new MonitorRequest(plan, installation.CriuPath, installation.CriuVersion.ToString(), installation.LibCriuPath,
            kerndat?.ToBytes()));
        if (reply.Error is { } error)
        {
            if (reply.IsRefused)
                throw new RefusedException(error);
            RestoreLog.Failed(_log, plan.Name, error);
            var known = CriuFailureMap.Explain(reply.CriuErrors);
            throw new FailedException(
                $"the restore of {plan.Name} failed{(reply.CleanedUp ? "; nothing of it is left" : "")}.\n{error}{CriuFailureMap.Describe(known)}",
                reply.CleanedUp ? ContainerState.Untouched : ContainerState.NeedsAttention, findings: known)
            {
                IsPassing = PassingFailure.Is(reply.CriuErrors),
            };
        }

        // From here on it runs: what fails is told, and changes nothing.
        List<string> warnings = [.. recovered, .. reply.Warnings];
        if (options.PidFile is { } file)
            Attempt.Run(warnings, "the container runs, but its pid could not be written",
                () => File.WriteAllText(file, reply.Pid.ToString(CultureInfo.InvariantCulture) + "\n"));
        RestoreLog.Restored(_log, plan.Name, reply.Pid);
        var inside = reply.Timings!;
        var end = MonotonicClock.Microseconds();
        Timeline? timeline = null;
        if (options.Timeline)
            Attempt.Run(warnings, "the container runs, but there is no timeline", () => timeline = RestoreTimeline.Build(
                plan.Name, [new RecordedSpan(Track.Own, RestoreSpan.Verify, start, verified), .. reply.Spans],
                CriuLog.Read(Path.Combine(directory, plan.LogFile)), start, end));
        return new RestoreResult(
            reply.Pid, plan.Name, directory, plan.Detached ? 0 : monitor.Pid,
            inside with { Prepare = inside.Prepare + Between(start, verified), Total = Between(start, end) }, reply.Criu, warnings)
        {
            Created = manifest.Created,
            Label = manifest.Label,
            Packets = reply.Packets,
            Comparison = reply.Comparison,
            Timeline = timeline,
        };
    }

    /// <summary>Restores the checkpoint in a directory, on a thread of its own.</summary>
    /// <inheritdoc cref="Restore(string, RestoreOptions, IProgress{RestoreStep}?, CancellationToken)" />
    /// <returns>What runs. The task ends when the blocking method would return or throw.</returns>
    public Task<RestoreResult> RestoreAsync(string imagesDirectory, RestoreOptions? options = null, IProgress<RestoreStep>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(imagesDirectory);
        return OwnThread.Run(() => Restore(imagesDirectory, options, progress, cancellation), cancellation);
    }
}
