using LxcNative.Native.Criu;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Answers criu during a dump: locks the network once the container stands still, completes the images, unlocks.</summary>
/// <remarks>Everything here runs while the container is frozen: no allocation that can be avoided, no logging.</remarks>
internal sealed class CheckpointNotifications(NetworkLock? networkLock, Action capture, Action complete, bool unlockWhenDumped)
{
    /// <summary>When the dump began: from here on criu may freeze; microseconds of CLOCK_MONOTONIC.</summary>
    public long FreezeRequested { get; private set; }

    /// <summary>When all tasks stood still.</summary>
    public long Frozen { get; private set; }

    /// <summary>When the network was locked.</summary>
    public long Locked { get; private set; }

    /// <summary>When the images were complete.</summary>
    public long Dumped { get; private set; }

    /// <summary>When the network was open again; 0 where the container ended instead.</summary>
    public long Unlocked { get; private set; }

    /// <summary>How long removing the lock took.</summary>
    public long UnlockTook { get; private set; }

    /// <summary>Handles one notification.</summary>
    public void Handle(CriuNotification notification)
    {
        switch (notification.Action)
        {
            case CriuNotifyAction.PreDump:
                FreezeRequested = MonotonicClock.Microseconds();
                break;
            // A criu inside of the namespace does not offer to lock it, and asks for external files at the same moment.
            case CriuNotifyAction.NetworkLock or CriuNotifyAction.QueryExtFiles when Frozen == 0:
                Frozen = MonotonicClock.Microseconds();
                networkLock?.Engage();
                Locked = MonotonicClock.Microseconds();
                capture();
                break;
            case CriuNotifyAction.PostDump:
                Dumped = MonotonicClock.Microseconds();
                complete();
                if (unlockWhenDumped)
                    Unlock();
                break;
            case CriuNotifyAction.NetworkUnlock:
                Unlock();
                break;
        }
    }

    /// <summary>Removes the lock if it is still on: criu does not tell of the end of every dump.</summary>
    public void Unlock()
    {
        if (networkLock is not { IsEngaged: true })
            return;
        var start = MonotonicClock.Microseconds();
        networkLock.Release();
        Unlocked = MonotonicClock.Microseconds();
        UnlockTook = Unlocked - start;
    }
}
