namespace LxcNative.Orchestrator.Errors;

/// <summary>What became of a container when something failed.</summary>
public enum ContainerState
{
    /// <summary>It is as it was before; of a restore, of a preparation, nothing is left.</summary>
    Untouched,

    /// <summary>It was frozen or changed, and was seen to run on: unfrozen, unlocked, with all its tasks.</summary>
    RunsOn,

    /// <summary>It is gone, and its images are complete: only what follows the dump failed. A restore brings it back.</summary>
    Dumped,

    /// <summary>Somebody has to look after it; the message says what is left, or missing.</summary>
    NeedsAttention,
}
