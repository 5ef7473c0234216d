namespace LxcNative.Orchestrator.Preparation;

/// <summary>A preparation failed half-way.</summary>
/// <param name="message">What failed, and what is left.</param>
/// <param name="cleanedUp">Whether everything is as it was.</param>
/// <param name="inner">What was behind it.</param>
public sealed class PreparationFailedException(string message, bool cleanedUp, Exception inner) : Exception(message, inner)
{
    /// <summary>Whether everything is as it was before.</summary>
    public bool CleanedUp { get; } = cleanedUp;
}
