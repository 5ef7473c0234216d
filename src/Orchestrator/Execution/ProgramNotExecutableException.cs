using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Execution;

/// <summary>What was to be run inside the container is there, and is no program that can be run.</summary>
/// <param name="message">Which, and why.</param>
public sealed class ProgramNotExecutableException(string message) : RefusedException(message);
