namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A checkpoint or restore was refused before anything was frozen, started or changed.</summary>
public sealed class CheckpointRefusedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public CheckpointRefusedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
