namespace LxcNative.Orchestrator.Preparation;

/// <summary>A preparation was refused before anything was changed.</summary>
/// <param name="message">What was refused, why, and what to do.</param>
/// <param name="inner">What was behind it.</param>
public sealed class PreparationRefusedException(string message, Exception? inner = null) : Exception(message, inner);
