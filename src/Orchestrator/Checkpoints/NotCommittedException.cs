using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The images are complete, and are not let through: criu, told so, lets the container go on.</summary>
/// <param name="message">By whom, and why.</param>
/// <param name="findings">The reason explained.</param>
internal sealed class NotCommittedException(string message, IReadOnlyList<Finding> findings) : LxcNativeException(message)
{
    /// <summary>The reason explained.</summary>
    public IReadOnlyList<Finding> Findings { get; } = findings;
}
