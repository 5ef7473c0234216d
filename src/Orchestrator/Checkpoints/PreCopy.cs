namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>How a container's memory is copied while it runs, so that it stands still for what was written to meanwhile alone.</summary>
public sealed record PreCopy
{
    /// <summary>How often the memory that was written to is copied again, before the container is frozen whatever is left; at least 1.</summary>
    public int MaxRounds { get; init; } = 5;

    /// <summary>How long the container may stand still for what is left: it is frozen when what the last round copied is copied in that time.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromMilliseconds(10);
}
