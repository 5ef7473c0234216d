namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Whether a checkpoint is restored once, beside the container that stands still, before that is let go.</summary>
public enum RehearsalMode
{
    /// <summary>Where the container would be gone afterwards. What cannot be rehearsed at all is a warning.</summary>
    Auto,

    /// <summary>Always: what cannot be rehearsed is not committed either.</summary>
    Always,

    /// <summary>Before it, with a checkpoint of its own that leaves the container running: the container stands still twice for a short time instead of once
    /// for a long one, and what changes in between is not seen.</summary>
    Ahead,

    /// <summary>Never: that the images come back is found out by their restore.</summary>
    Never,
}
