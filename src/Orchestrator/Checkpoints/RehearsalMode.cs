namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Whether a checkpoint is restored once, beside the container that stands still, before that is let go.</summary>
public enum RehearsalMode
{
    /// <summary>Where the container would be gone afterwards. What cannot be rehearsed at all is a warning.</summary>
    Auto,

    /// <summary>Always: what cannot be rehearsed is not committed either.</summary>
    Always,

    /// <summary>Never: that the images come back is found out by their restore.</summary>
    Never,
}
