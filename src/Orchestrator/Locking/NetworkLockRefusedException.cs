namespace LxcNative.Orchestrator.Locking;

/// <summary>This network must not be locked, or not now; nothing was changed.</summary>
public class NetworkLockRefusedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reason">Why, and what to do.</param>
    /// <param name="inner">What led to it.</param>
    public NetworkLockRefusedException(string reason, Exception? inner = null)
        : base($"the network is not locked: {reason}", inner)
    {
    }
}
