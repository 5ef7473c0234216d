namespace LxcNative.Orchestrator.Steps;

/// <summary>The process whose death makes a journal one to recover from.</summary>
/// <param name="Pid">Its pid, as the host sees it.</param>
/// <param name="StartTime">Its start time in clock ticks since boot: a recycled pid has another.</param>
internal sealed record JournalOwner(int Pid, ulong StartTime);
