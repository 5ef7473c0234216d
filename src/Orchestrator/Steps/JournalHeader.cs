namespace LxcNative.Orchestrator.Steps;

/// <summary>Whose journal it is: its first line.</summary>
/// <param name="Purpose">What is being done: checkpoint or restore.</param>
/// <param name="Container">The container's name.</param>
/// <param name="Owner">The process that does it.</param>
/// <param name="OwnerStartTime">That process's start time in clock ticks since boot: a recycled pid has another.</param>
internal sealed record JournalHeader(string Purpose, string Container, int Owner, ulong OwnerStartTime);
