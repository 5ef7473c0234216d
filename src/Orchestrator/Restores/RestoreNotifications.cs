using LxcNative.Native.Criu;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Answers criu during a restore: tells the parts of each moment, and opens the network when all tasks are there.</summary>
/// <param name="parts">The parts.</param>
/// <param name="recorder">Told what takes how long.</param>
/// <param name="verify">Looks at all that is there before any of it runs, given its init, and says whether it may; null for nobody.</param>
internal sealed class RestoreNotifications(PartReturns parts, SpanRecorder recorder, Func<int, bool>? verify = null)
{
    private bool _isRefused;

    /// <summary>The init's pid, once it exists.</summary>
    public int InitPid { get; private set; }

    /// <summary>When all tasks were made; microseconds of CLOCK_MONOTONIC.</summary>
    public long Restored { get; private set; }

    /// <summary>When the network was opened.</summary>
    public long Opened { get; private set; }

    /// <summary>How long opening it took.</summary>
    public long UnlockTook => Opened - Restored;

    /// <summary>Handles one notification.</summary>
    public void Handle(CriuNotification notification)
    {
        if (notification.Action == CriuNotifyAction.SetupNamespaces)
        {
            InitPid = notification.Pid ?? throw new InvalidOperationException("criu did not tell the pid of the init that it made.");
            recorder.Run(Track.Own, RestoreSpan.Init, () => parts.On(notification, InitPid));
            return;
        }

        try
        {
            parts.On(notification, InitPid);
        }
        finally
        {
            // criu lets it run whatever it is answered here.
            if (notification.Action == CriuNotifyAction.PreResume && verify is not null)
                recorder.Run(Track.Own, RestoreSpan.Verify, () => _isRefused = !verify(InitPid));
        }

        // What is ended now would tell those that it was connected with.
        if (notification.Action == OpensAt && !_isRefused)
            Open();
    }

    /// <summary>criu has ended, and the container runs: opens the network where criu told of no moment for it.</summary>
    public void Ended()
    {
        if (Opened == 0)
            Open();
    }

    // A socket under repair that gets an acknowledgement takes what it would send next for sent: what is held may wait until none is. What is dropped should
    // not: the tasks run next. A criu inside of the namespace does not tell when it would open it, which follows the restore.
    private CriuNotifyAction OpensAt =>
        parts.HoldsPackets ? CriuNotifyAction.PreResume : parts.HidesUnlock ? CriuNotifyAction.PostRestore : CriuNotifyAction.NetworkUnlock;

    private void Open()
    {
        Restored = MonotonicClock.Microseconds();
        parts.Open();
        Opened = MonotonicClock.Microseconds();
        recorder.Add(Track.Own, RestoreSpan.Open, Restored, Opened);
    }
}
