namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What the frozen window's list is made of.</summary>
/// <param name="Lock">Holds the network.</param>
/// <param name="BeginCapture">Begins to capture on a thread made beforehand.</param>
/// <param name="CompleteCapture">Waits for the captures, and completes them.</param>
/// <param name="CompleteImages">Mends what criu wrote, and writes the manifest: from here on there is a checkpoint.</param>
/// <param name="Unlock">Opens the network, if it is held.</param>
internal sealed record FrozenActions(Action Lock, Action BeginCapture, Action CompleteCapture, Action CompleteImages, Action Unlock)
{
    /// <summary>criu is about to freeze: the last look at the container while it runs. Null for none.</summary>
    public Action? LookAgain { get; init; }

    /// <summary>Holds what comes in, before criu freezes. Null where nothing is held so early.</summary>
    public Action? HoldIncoming { get; init; }

    /// <summary>Asks whoever has a say whether these images are a checkpoint: the container goes on where it throws. Null for nobody.</summary>
    public Action? Commit { get; init; }
}
