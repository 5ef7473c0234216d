namespace LxcNative.Orchestrator.Preparation;

/// <summary>What a preparation is asked for.</summary>
public enum PreparationAction
{
    /// <summary>Make what is missing.</summary>
    Apply,

    /// <summary>Take away what was made, and put back what was there.</summary>
    Undo,

    /// <summary>Tell what is and what is not in place.</summary>
    Status,
}
