namespace LxcNative.Orchestrator.Locking;

/// <summary>The network has a lock of this library already.</summary>
public sealed class NetworkLockHeldException : NetworkLockRefusedException
{
    /// <summary>Makes the exception.</summary>
    public NetworkLockHeldException(NetworkLockInfo holder, Exception? inner = null)
        : base($"it has a lock already ({holder}); {(holder.OwnerPortId is null ? "remove it with lxcnative unlock" : "it ends with its holder")}", inner) =>
        Holder = holder;

    /// <summary>The lock that is there.</summary>
    public NetworkLockInfo Holder { get; }
}
