namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>Something that is done while the container stands still.</summary>
/// <param name="Moment">When.</param>
/// <param name="What">What, in words.</param>
/// <param name="Do">It. What it throws is told to criu, which lets the container go on.</param>
internal sealed record FrozenStep(FrozenMoment Moment, string What, Action Do);
