namespace LxcNative.Orchestrator.Preparation;

/// <summary>How it stands with a part of a preparation.</summary>
public enum PreparationState
{
    /// <summary>It was there already.</summary>
    InPlace,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It was made.</summary>
    Made,

    /// <summary>It was taken away, or put back.</summary>
    Undone,

    /// <summary>It would be made.</summary>
    WouldMake,

    /// <summary>It would be taken away, or put back.</summary>
    WouldUndo,
}
