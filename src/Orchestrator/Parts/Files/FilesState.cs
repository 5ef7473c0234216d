namespace LxcNative.Orchestrator.Parts.Files;

/// <summary>The container's open and mapped files: what they were is in criu's images.</summary>
internal sealed record FilesState : PartState
{
    /// <summary>Whether those that have changed since are taken as they are now; planned by a restore's options, never saved.</summary>
    public bool AcceptsChanged { get; init; }
}
