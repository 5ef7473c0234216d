using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Execution;

/// <summary>There is no such program inside the container.</summary>
/// <param name="message">Which.</param>
public sealed class ProgramNotFoundException(string message) : RefusedException(message);
