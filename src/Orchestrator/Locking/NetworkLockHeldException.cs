using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The network has a lock of this library already.</summary>
public sealed class NetworkLockHeldException : RefusedException
{
    /// <summary>Makes the exception.</summary>
    public NetworkLockHeldException(NetworkLockInfo holder, Exception? inner = null)
        : base($"the network is not locked: it has a lock already ({holder}); "
        + $"{(holder.EndsWithHolder ? "it ends with its holder" : "it was made to stay until somebody removes it")}", inner) =>
        Holder = holder;

    /// <summary>The lock that is there.</summary>
    public NetworkLockInfo Holder { get; }
}
