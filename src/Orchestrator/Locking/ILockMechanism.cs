namespace LxcNative.Orchestrator.Locking;

/// <summary>A lock that is ready to be put on: everything that can fail early has been tried.</summary>
internal interface ILockMechanism : IDisposable
{
    NetworkLockMethod Method { get; }

    /// <summary>Whether the kernel removes the lock when the holder's process ends.</summary>
    bool DiesWithOwner { get; }

    /// <summary>What this kernel cannot block, in words.</summary>
    IReadOnlyList<string> Limitations { get; }

    /// <summary>Makes <see cref="Release"/> fast where the lock was engaged without having been prepared.</summary>
    void Warm();

    void Engage();

    void Release();
}
