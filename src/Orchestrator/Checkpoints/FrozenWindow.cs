using LxcNative.Native.Criu;
using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Everything that happens while a container stands still, in order.</summary>
/// <remarks>No allocation that can be avoided in here, and no logging.</remarks>
internal sealed class FrozenWindow(IReadOnlyList<FrozenStep> steps)
{
    private readonly long[] _begun = new long[(int)FrozenMoment.Released + 1];
    private readonly long[] _over = new long[(int)FrozenMoment.Released + 1];

    /// <summary>When the freeze was asked for: from here on criu may freeze; microseconds of CLOCK_MONOTONIC, as all of them; 0 where it did not come so
    /// far.</summary>
    public long Asked => _begun[(int)FrozenMoment.Asked];

    /// <summary>When all tasks stood still.</summary>
    public long Frozen => _begun[(int)FrozenMoment.Still];

    /// <summary>When criu had dumped everything.</summary>
    public long Dumped => _begun[(int)FrozenMoment.Dumped];

    /// <summary>When the images were complete; a container that is not left running may end from here on.</summary>
    public long Completed => _over[(int)FrozenMoment.Dumped];

    /// <summary>The list.</summary>
    /// <param name="actions">What is done.</param>
    /// <param name="leaveRunning">Whether the container goes on afterwards: its going on does not wait for its images, unless somebody has a say in them; its
    /// end does.</param>
    /// <param name="hidesUnlock">Whether the network has to be open when the container goes on, and criu does not tell when that is.</param>
    public static FrozenWindow Of(FrozenActions actions, bool leaveRunning, bool hidesUnlock) => new(
    [
        .. actions.LookAgain is null ? [] : new FrozenStep[] { new(FrozenMoment.Asked, "look again", actions.LookAgain) },
        .. actions.HoldIncoming is null ? [] : new FrozenStep[] { new(FrozenMoment.Asked, "hold what comes in", actions.HoldIncoming) },
        new(FrozenMoment.Still, "lock the network", actions.Lock),
        new(FrozenMoment.Still, "begin to capture, beside criu", actions.BeginCapture),
        new(FrozenMoment.Dumped, "complete what was captured", actions.CompleteCapture),
        .. leaveRunning && actions.Commit is null ? [] : new FrozenStep[] { new(FrozenMoment.Dumped, "complete the images", actions.CompleteImages) },
        .. actions.Commit is null ? [] : new FrozenStep[] { new(FrozenMoment.Dumped, "ask whether it is one", actions.Commit) },
        .. leaveRunning && hidesUnlock ? new FrozenStep[] { new(FrozenMoment.Dumped, "open the network", actions.Unlock) } : [],
        new(FrozenMoment.Released, "open the network", actions.Unlock),
    ]);

    /// <summary>Handles one notification of criu.</summary>
    public void Handle(CriuNotification notification) => Handle(notification.Action);

    /// <inheritdoc cref="Handle(CriuNotification)" />
    internal void Handle(CriuNotifyAction action)
    {
        switch (action)
        {
            case CriuNotifyAction.PreDump:
                Reach(FrozenMoment.Asked);
                break;
            // A criu inside of the namespace does not offer to lock it, and asks for external files at the same moment; it may ask again.
            case CriuNotifyAction.NetworkLock or CriuNotifyAction.QueryExtFiles when Frozen == 0:
                Reach(FrozenMoment.Still);
                break;
            case CriuNotifyAction.PostDump:
                Reach(FrozenMoment.Dumped);
                break;
            case CriuNotifyAction.NetworkUnlock:
                Reach(FrozenMoment.Released);
                break;
        }
    }

    private void Reach(FrozenMoment moment)
    {
        _begun[(int)moment] = MonotonicClock.Microseconds();
        for (var i = 0; i < steps.Count; i++)
            if (steps[i].Moment == moment)
                steps[i].Do();
        _over[(int)moment] = MonotonicClock.Microseconds();
    }
}
