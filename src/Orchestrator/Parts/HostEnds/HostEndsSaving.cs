namespace LxcNative.Orchestrator.Parts.HostEnds;

/// <summary>The host's ends, as they are while the container runs.</summary>
/// <param name="state">They.</param>
/// <param name="limitations">What of them does not come back, in words.</param>
internal sealed class HostEndsSaving(HostEndsState state, IReadOnlyList<string> limitations) : StateSaving(state)
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Warnings { get; } = limitations;
}
