using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The network has a lock of this library already.</summary>
public sealed class NetworkLockHeldException : RefusedException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="holder">The lock that is there.</param>
    /// <param name="inner">What was behind it.</param>
    /// <param name="container">The container whose network it is; null where that is not known.</param>
    public NetworkLockHeldException(NetworkLockInfo holder, Exception? inner = null, string? container = null)
        : base($"the network{(container is null ? "" : $" of {container}")} has a lock already, {holder}: "
        + (holder.EndsWithHolder ? "it ends with that process" : "it stays until somebody removes it"), inner) =>
        (Holder, Container) = (holder, container);

    /// <summary>The lock that is there.</summary>
    public NetworkLockInfo Holder { get; }

    /// <summary>The container whose network it is; null where that is not known.</summary>
    public string? Container { get; }

    /// <summary>The same of a container whose name is known.</summary>
    public NetworkLockHeldException Of(string container) => new(Holder, InnerException, container);
}
