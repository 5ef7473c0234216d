namespace LxcNative.Orchestrator.Parts.Sharing;

/// <summary>Nothing of its own: the groups of mounts are in criu's images.</summary>
internal sealed record SharingState : PartState;
