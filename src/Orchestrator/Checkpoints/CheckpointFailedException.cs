namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A checkpoint failed after it had begun.</summary>
public sealed class CheckpointFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public CheckpointFailedException(string message, bool containerRuns, Exception? inner = null)
        : base(message, inner) => ContainerRuns = containerRuns;

    /// <summary>Whether the container was seen to run on, unfrozen and unlocked, afterwards; if not, somebody has to look after it.</summary>
    public bool ContainerRuns { get; }
}
