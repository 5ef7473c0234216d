using LxcNative.Orchestrator.Preflight;

namespace LxcNative.Orchestrator.Errors;

/// <summary>Something failed after it had begun; <see cref="State"/> says what became of the container.</summary>
public sealed class FailedException : LxcNativeException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, why, and in what state the container is.</param>
    /// <param name="state">What became of the container, or of what was to be made.</param>
    /// <param name="inner">What was behind it.</param>
    /// <param name="findings">What is known of criu's error lines.</param>
    public FailedException(string message, ContainerState state, Exception? inner = null, IReadOnlyList<Finding>? findings = null)
        : base(message, inner)
    {
        State = state;
        Findings = findings ?? [];
    }

    /// <summary>What became of the container, or of what was to be made.</summary>
    public ContainerState State { get; }

    /// <summary>The explanations of criu's error lines, where the text is known.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether the same may succeed when it is tried again.</summary>
    internal bool IsPassing { get; init; }
}
