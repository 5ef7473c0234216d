namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The host's ends of the container's links.</summary>
internal sealed record HostEndsState : PartState
{
    /// <summary>The ends.</summary>
    public IReadOnlyList<HostEnd> Ends { get => field ?? []; init; }
}
