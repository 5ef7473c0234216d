namespace LxcNative.Orchestrator.InPlace;

/// <summary>A network namespace that outlives its container: links, addresses, neighbours and rules stay, and what comes is held by a lock that two processes
/// have.</summary>
/// <param name="Links">The host's ends of its links.</param>
/// <param name="LockTable">The name of the lock's tables.</param>
/// <param name="Queue">The number of the lock's queue.</param>
/// <param name="HasCounts">Whether the kernel tells what the queue has seen.</param>
/// <param name="HasBridge">Whether the lock has a table for what a bridge of the namespace forwards.</param>
internal sealed record KeptNetwork(IReadOnlyList<KeptLink> Links, string LockTable, ushort Queue, bool HasCounts, bool HasBridge);
