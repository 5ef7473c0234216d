namespace LxcNative.Orchestrator.Locking;

/// <summary>What became of the packets that came while a network was locked.</summary>
/// <param name="Mode">Whether they were held or dropped.</param>
/// <param name="Held">How many were held; -1 where the kernel does not tell.</param>
/// <param name="Released">How many of them went on when the lock was released; the others ended with the container.</param>
/// <param name="Overflowed">How many were dropped because <see cref="NetworkLock.HeldPackets"/> were held already.</param>
public sealed record LockedPackets(NetworkLockMode Mode, long Held, long Released, long Overflowed);
