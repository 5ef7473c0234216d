using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Errors;

/// <summary>Something was refused before anything was frozen, started or changed.</summary>
public class RefusedException : LxcNativeException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was refused, why, and what to do.</param>
    /// <param name="inner">What was behind it.</param>
    public RefusedException(string message, Exception? inner = null)
        : this(message, [], inner)
    {
    }

    /// <summary>Makes the exception of a pre-flight.</summary>
    /// <param name="message">What was refused, why, and what to do.</param>
    /// <param name="findings">What the pre-flight found.</param>
    /// <param name="inner">What was behind it.</param>
    public RefusedException(string message, IReadOnlyList<Finding> findings, Exception? inner = null)
        : base(message, inner) => Findings = findings;

    /// <summary>What the pre-flight found; empty where something else refused.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
