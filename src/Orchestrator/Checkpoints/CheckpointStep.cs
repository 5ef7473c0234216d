namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The steps of a checkpoint, as progress reports them.</summary>
public enum CheckpointStep
{
    /// <summary>The container is being found.</summary>
    Discover,

    /// <summary>Images, criu and lock are being prepared; the container runs.</summary>
    Prepare,

    /// <summary>criu freezes and dumps.</summary>
    Dump,

    /// <summary>The images are written to the disk, what the container left is cleared away.</summary>
    Finish,
}
