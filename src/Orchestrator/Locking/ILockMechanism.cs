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

    /// <summary>Makes <see cref="Open"/> fast where the lock was engaged without having been prepared.</summary>
    void Warm();

    void Engage();

    /// <summary>Lets everything pass; of the lock something that lets pass may be left.</summary>
    void Open();

    /// <summary>Takes away what is left of the lock. One that was not opened takes what it holds with it.</summary>
    void Clear();
}
