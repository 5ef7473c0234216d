namespace LxcNative.Orchestrator.Restores;

/// <summary>The steps of a restore, as progress reports them.</summary>
public enum RestoreStep
{
    /// <summary>The images and the host are being verified.</summary>
    Verify,

    /// <summary>The monitor makes devices and mounts, and criu the processes.</summary>
    Restore,
}
