namespace LxcNative.Orchestrator.Locking;

/// <summary>The kernel offers nothing to lock a network with; nothing was changed.</summary>
public sealed class NetworkLockUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reasons">What was tried, each with why it failed.</param>
    public NetworkLockUnavailableException(IReadOnlyList<(NetworkLockMethod Method, Exception Reason)> reasons)
        : base("no network lock: " + string.Join("; ", reasons.Select(tried => $"{tried.Method}: {tried.Reason.Message}")), new AggregateException(reasons.Select(tried => tried.Reason))) =>
        Reasons = reasons;

    /// <summary>What was tried, in order, each with why it failed.</summary>
    public IReadOnlyList<(NetworkLockMethod Method, Exception Reason)> Reasons { get; }
}
