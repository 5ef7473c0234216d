namespace LxcNative.Orchestrator.Locking;

/// <summary>How a network is locked.</summary>
public sealed record NetworkLockOptions
{
    /// <summary>Whether the lock ends with the <see cref="NetworkLock"/>, also when its process is killed (the owner flag of nf_tables, Linux 5.12).
    /// When false it stays until <see cref="NetworkLock.Release"/> or <see cref="NetworkLock.Remove"/>.</summary>
    public bool DiesWithOwner { get; init; } = true;

    /// <summary>What becomes of packets meanwhile. Where the kernel cannot hold them they are dropped (<see cref="NetworkLock.Mode"/>). Holding needs
    /// <see cref="DiesWithOwner"/>: the queue is its process's.</summary>
    public NetworkLockMode Mode { get; init; }

    /// <summary>Whether the devices that are there when the lock is prepared are blocked themselves, so that neither bridged frames nor anything
    /// else that is not IP or ARP passes. Costs a few microseconds for each device. Of no effect where packets are held.</summary>
    public bool BlocksDevices { get; init; } = true;

    /// <summary>The name of the lock's tables; null for one of its own.</summary>
    internal string? TableName { get; init; }
}
