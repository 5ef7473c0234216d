namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Who saves a part of the container: its network namespace, or its private tmpfs.</summary>
public enum CaptureMode
{
    /// <summary>This library where it can do so faithfully, else criu.</summary>
    Auto,

    /// <summary>This library, in-process: nothing is executed while the container stands still.</summary>
    Native,

    /// <summary>criu, which runs ip and iptables-save, or tar, meanwhile.</summary>
    Criu,
}
