using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A checkpoint failed after it had begun.</summary>
public sealed class CheckpointFailedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, and in what state the container is.</param>
    /// <param name="containerRuns">Whether the container runs on.</param>
    /// <param name="inner">What was behind it.</param>
    /// <param name="findings">What is known of criu's error lines.</param>
    public CheckpointFailedException(string message, bool containerRuns, Exception? inner = null, IReadOnlyList<Finding>? findings = null)
        : base(message, inner)
    {
        ContainerRuns = containerRuns;
        Findings = findings ?? [];
    }

    /// <summary>Whether the container was seen to run on, unfrozen and unlocked, afterwards; if not, somebody has to look after it.</summary>
    public bool ContainerRuns { get; }

    /// <summary>The explanations of criu's error lines, where the text is known.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
