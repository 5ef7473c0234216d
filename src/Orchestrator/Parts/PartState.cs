namespace LxcNative.Orchestrator.Parts;

/// <summary>What a checkpoint keeps of a part, beside its own files: a record of its own, never the live model.</summary>
/// <remarks>A list that images of before do not have is an empty one: the generated reader knows no initial values of properties that can only be set with the
/// object.</remarks>
internal abstract record PartState
{
    /// <summary>The version of its layout.</summary>
    public int Version { get; init; } = 1;
}
