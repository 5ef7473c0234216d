namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The host's ends of the container's links.</summary>
internal sealed record HostEndsState : PartState
{
    /// <summary>The ends.</summary>
    public IReadOnlyList<HostEnd> Ends { get => field ?? []; init; }

    /// <summary>The name of the host's end of a device of the container; null where it has none.</summary>
    public string? NameOf(string inside) => Ends.FirstOrDefault(end => end.Inside == inside)?.Host.Name;
}
