namespace LxcNative.Orchestrator.Parts.Memory;

/// <summary>What was copied of the container's memory while it ran.</summary>
internal sealed record MemoryState : PartState
{
    /// <summary>The bytes of each time; none where criu alone wrote it.</summary>
    public IReadOnlyList<long> Copied { get => field ?? []; init; }
}
