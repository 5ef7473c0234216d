namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Who saves and rebuilds the container's network namespace.</summary>
public enum NetworkMode
{
    /// <summary>This library where it can do so faithfully, else criu.</summary>
    Auto,

    /// <summary>This library, over netlink: nothing is executed while the container stands still.</summary>
    Native,

    /// <summary>criu, which runs ip and iptables-save meanwhile.</summary>
    Criu,
}
