namespace LxcNative.Orchestrator.Locking;

/// <summary>A lock that is ready to be put on: everything that can fail early has been tried.</summary>
internal interface ILockMechanism : IDisposable
{
    NetworkLockMethod Method { get; }

    /// <summary>Whether the kernel removes the lock when the holder's process ends.</summary>
    bool DiesWithOwner { get; }

    /// <summary>What becomes of packets.</summary>
    NetworkLockMode Mode { get; }

    /// <summary>Why packets are dropped that were to be held, in words; null where nothing stands in the way.</summary>
    string? WhyDropped { get; }

    /// <summary>What this kernel cannot block, in words.</summary>
    IReadOnlyList<string> Limitations { get; }

    /// <summary>What became of the packets; known once the lock has been cleared.</summary>
    LockedPackets Packets { get; }

    /// <summary>What another process needs to take it over, which stays this one's; null for a lock that cannot be had by two.</summary>
    SharedLock? Shared { get; }

    /// <summary>Closes everything, and leaves the lock to whoever has taken it over.</summary>
    void Leave();

    /// <summary>Makes <see cref="Open"/> fast where the lock was engaged without having been prepared.</summary>
    void Warm();

    /// <summary>Holds what comes in; what goes out passes until <see cref="Engage"/>.</summary>
    /// <returns>False where that cannot be had apart; nothing is held then.</returns>
    bool TryEngageIncoming();

    void Engage();

    /// <summary>Lets everything pass; of the lock something that lets pass may be left.</summary>
    void Open();

    /// <summary>Takes away what is left of the lock. One that was not opened takes what it holds with it.</summary>
    void Clear();
}
