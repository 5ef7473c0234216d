namespace LxcNative.Orchestrator.Parts.Scheduling;

/// <summary>What programs of the container set for their threads; those that set nothing are left out.</summary>
internal sealed record SchedulingState : PartState
{
    /// <summary>The threads.</summary>
    public IReadOnlyList<ThreadSettings> Threads { get => field ?? []; init; }
}
