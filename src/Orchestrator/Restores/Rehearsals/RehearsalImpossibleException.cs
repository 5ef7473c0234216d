using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>This checkpoint cannot be rehearsed on this host: that says nothing of its restore.</summary>
/// <param name="message">Why.</param>
/// <param name="inner">What was behind it.</param>
internal sealed class RehearsalImpossibleException(string message, Exception? inner = null) : LxcNativeException(message, inner);
