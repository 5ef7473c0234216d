namespace LxcNative.Orchestrator.Execution;

/// <summary>How a program inside a container ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal ended it, as shells tell it.</param>
/// <param name="Warnings">What a reader should know.</param>
public sealed record ExecutionResult(int ExitCode, IReadOnlyList<string> Warnings);
