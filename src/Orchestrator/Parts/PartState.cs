namespace LxcNative.Orchestrator.Parts;

/// <summary>What a checkpoint keeps of a part, beside its own files: a record of its own, never the live model.</summary>
internal abstract record PartState
{
    /// <summary>The version of its layout.</summary>
    public int Version { get; init; } = 1;
}
