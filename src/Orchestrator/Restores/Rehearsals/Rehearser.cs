using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Preflight.Images;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>Asks a process of its own whether images come back, here and now. Whatever becomes of that process, the answer is there in time, and nothing of it
/// is left.</summary>
internal sealed class Rehearser : IDisposable
{
    /// <summary>How long a rehearsal may take where nothing else is said.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly string? _program;
    private StartedMonitor _process;
    private bool _isOver;
    private bool _isEnded;

    private Rehearser(string? program)
    {
        _program = program;
        _process = Begin();
    }

    /// <summary>Starts the process, which waits for what it is asked.</summary>
    /// <exception cref="RefusedException">No program can become one.</exception>
    /// <exception cref="SyscallException">It could not be started.</exception>
    public static Rehearser Start(string? program) => new(program);

    /// <summary>Rehearses, once.</summary>
    /// <param name="directory">The images.</param>
    /// <param name="manifest">Their manifest.</param>
    /// <param name="options">How they would be restored.</param>
    /// <param name="criu">The criu, and what it knows of the kernel.</param>
    /// <param name="patience">How long it may take: what takes longer has failed.</param>
    public RehearsalOutcome Run(string directory, CheckpointManifest manifest, RestoreOptions options,
        (CriuInstallation Installation, CriuKerndat? Kerndat) criu, TimeSpan patience)
    {
        var start = MonotonicClock.Microseconds();
        var (plan, findings) = RestoreCheck.Run(directory, manifest, options, Rehearsal.Next());
        if (plan is null || RestoreCheck.Blocks(findings))
        {
            var blocking = findings.Where(finding => finding.Blocks).ToList();
            return new RehearsalOutcome(FindingText.Describe(blocking).Trim(), null, blocking, MonotonicClock.Between(start, MonotonicClock.Microseconds()));
        }

        if (new NetworkPart().Read(plan.States).CriuInside && criu.Kerndat is null)
            return new RehearsalOutcome(null, "criu does not keep what it finds out about the kernel", [],
                MonotonicClock.Between(start, MonotonicClock.Microseconds()));
        var request = new MonitorRequest(plan, criu.Installation.CriuPath, criu.Installation.CriuVersion.ToString(), criu.Installation.LibCriuPath,
            criu.Kerndat?.ToBytes());
        var reply = Ask(request, patience);
        for (var attempt = 1; attempt < PassingFailure.Attempts && reply is { Error: not null } && PassingFailure.Is(reply.CriuErrors); attempt++)
        {
            if (!TryBeginAgain())
                break;
            reply = Ask(request, patience - MonotonicClock.Between(start, MonotonicClock.Microseconds()));
        }

        var took = MonotonicClock.Between(start, MonotonicClock.Microseconds());
        if (reply is null)
            return Failed($"the rehearsal did not come to its end within {patience.TotalSeconds:0.#} s, or its process died", [], took);
        return reply.Error is { } error
            ? Failed(error, reply.CriuErrors, took) with { Spans = reply.Spans, Left = reply.Warnings }
            : new RehearsalOutcome(null, reply.Obstacle, [], took) { Spans = reply.Spans, Left = reply.Warnings };
    }

    /// <summary>Ends a rehearsal that is under way, from another thread: it has failed then.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            if (!_isOver)
                _process.End();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            _isOver = true;
        }

        // It has no host to leave anything on: with it, all that it started ends.
        _process.Kill();
        _process.Dispose();
    }

    private StartedMonitor Begin() => StartedMonitor.StartRehearsal(RestorePrograms.Monitor(_program));

    // Nobody who has ended it is to wait for another one.
    private bool TryBeginAgain()
    {
        lock (_gate)
        {
            if (_isEnded)
                return false;
            _process = Begin();
            _isOver = false;
            return true;
        }
    }

    private MonitorReply? Ask(MonitorRequest request, TimeSpan patience)
    {
        MonitorReply? reply;
        try
        {
            reply = _process.TryAsk(request with { Owner = ProcessIdentity.Of(_process.Pid) },
                Deadline.After(patience));
        }
        catch (Exception e) when (e is LinuxException or IOException or System.Text.Json.JsonException)
        {
            reply = null;
        }

        Dispose();
        // Cgroups outlive it, and a mount point: its journal says which.
        if (reply is not { CleanedUp: true })
            Recovery.Run();
        return reply;
    }

    private static RehearsalOutcome Failed(string message, IReadOnlyList<string> errors, TimeSpan took) =>
        new(message, null,
            [ImageRules.RehearsalFailed.Found(string.Join(" | ", message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))),
            .. CriuFailureMap.Explain(errors)], took);
}
