namespace LxcNative.Orchestrator.Parts.Namespaces;

/// <summary>The namespaces inside of the container that are not made again.</summary>
internal sealed record NamespacesState : PartState
{
    /// <summary>The processes that come back in the container's own instead.</summary>
    public IReadOnlyList<JoinedProcess> Joined { get => field ?? []; init; }
}
