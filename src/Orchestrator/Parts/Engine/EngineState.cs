namespace LxcNative.Orchestrator.Parts.Engine;

/// <summary>The configuration of the container as it ran.</summary>
internal sealed record EngineState : PartState
{
    /// <summary>The values by key, as LXC gives them; empty where no monitor of LXC's answered.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get => field ?? new Dictionary<string, string>(); init; }
}
