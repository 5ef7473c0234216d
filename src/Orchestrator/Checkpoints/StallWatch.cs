using LxcNative.Native.Errors;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Ends a criu that does nothing any more while the container stands still: it waits for a disk, or for a file system whose server does not answer,
/// and the container with it.</summary>
internal sealed class StallWatch : IDisposable
{
    /// <summary>How long criu may do nothing where nothing else is said.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly ProcessHandle _criu;
    private readonly TimeSpan _patience;
    private readonly Func<bool> _isFrozen;
    private readonly Timer _timer;
    private ProcessActivity? _last;
    private Deadline _deadline;
    private bool _answers;

    private StallWatch(ProcessHandle criu, TimeSpan patience, Func<bool> isFrozen)
    {
        (_criu, _patience, _isFrozen, _deadline) = (criu, patience, isFrozen, Deadline.After(patience));
        var interval = patience / 4 < LongestInterval ? patience / 4 : LongestInterval;
        _timer = new Timer(_ => Look(), null, interval, interval);
    }

    /// <summary>Why it has ended criu, in words; null where it has not.</summary>
    public string? Stalled { get; private set; }

    /// <summary>Watches over a criu until it is disposed.</summary>
    /// <param name="criu">Its pid: a child that nobody has waited for.</param>
    /// <param name="patience">How long it may do nothing.</param>
    /// <param name="isFrozen">Whether the container stands still: freezing has a time of its own, in which criu waits for tasks.</param>
    /// <exception cref="SyscallException">There is no such process.</exception>
    public static StallWatch Begin(int criu, TimeSpan patience, Func<bool> isFrozen) => new(ProcessHandle.Open(criu), patience, isFrozen);

    /// <summary>Does what criu waits for.</summary>
    public void WhileAnswering<T>(Action<T> answer, T question)
    {
        lock (_gate)
            _answers = true;
        try
        {
            answer(question);
        }
        finally
        {
            lock (_gate)
                (_answers, _last) = (false, null);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // Not while it looks: the pid may be another's next.
        using var done = new ManualResetEvent(false);
        if (_timer.Dispose(done))
            done.WaitOne();
        _criu.Dispose();
    }

    private void Look()
    {
        lock (_gate)
        {
            try
            {
                if (ProcStat.Read(_criu.Pid).HasEnded)
                {
                    EndOrphans();
                    return;
                }

                if (_answers || Stalled is not null || !_isFrozen())
                    return;
                var now = ProcessActivity.Read(_criu.Pid);
                if (now != _last)
                    (_last, _deadline) = (now, Deadline.After(_patience));
                else if (_deadline.IsOver)
                    End();
            }
            catch (Exception e) when (StepFailures.IsExpected(e))
            {
                // It is through, or does not let us look: then nothing is known of it.
                _last = null;
            }
        }
    }

    // A helper of a criu that was killed may stand still for ever, and have the socket open that tells of criu's end. As long as criu is seen as ended, nobody
    // has waited for it, and its number is no other session's.
    private void EndOrphans()
    {
        foreach (var pid in ProcessIds.Read().Where(pid => pid != _criu.Pid && ProcessGlance.Stat(pid)?.Session == _criu.Pid))
        {
            using var orphan = ProcessHandle.Open(pid);
            if (ProcessGlance.Stat(pid)?.Session == _criu.Pid)
                orphan.SendSignal(Signal.Kill);
        }
    }

    private void End()
    {
        Stalled = $"criu did nothing for {_patience.TotalSeconds:0.#} s while {Waits()}, and was ended";
        _criu.SendSignal(Signal.Kill);
    }

    // What it waits in, for whoever has to find the disk or the server.
    private string Waits()
    {
        var stat = ProcStat.Read(_criu.Pid);
        return stat.State == 'D' ? "it waited for a disk or a file system (state D)" : $"the container stood still (state {stat.State})";
    }
}
