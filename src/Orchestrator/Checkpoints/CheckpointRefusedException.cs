using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A checkpoint or restore was refused before anything was frozen, started or changed.</summary>
public sealed class CheckpointRefusedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was refused, why, and what to do.</param>
    /// <param name="inner">What was behind it.</param>
    /// <param name="findings">What the pre-flight found, where it refused.</param>
    public CheckpointRefusedException(string message, Exception? inner = null, IReadOnlyList<Finding>? findings = null)
        : base(message, inner) => Findings = findings ?? [];

    /// <summary>What the pre-flight found; empty where something else refused.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
