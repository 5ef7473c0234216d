using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Preparation;

/// <summary>How a preparation is carried out.</summary>
public sealed record PreparationOptions
{
    /// <summary>Where records of what was made are kept unless another place is named: gone after a reboot, like what they tell of.</summary>
    public const string DefaultRecords = RunDirectory.Host;

    /// <summary>What to do.</summary>
    public PreparationAction Action { get; init; }

    /// <summary>Change nothing, tell what would be changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Where records of what was made are kept: an undo takes away only what they name.</summary>
    public string Records { get; init; } = DefaultRecords;
}
