using LxcNative.Native.Criu;
using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>The timeline of a checkpoint.</summary>
internal static class CheckpointTimeline
{
    /// <summary>Builds it.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="window">When what happened in the pause.</param>
    /// <param name="held">When the network was held.</param>
    /// <param name="recorder">What else was recorded.</param>
    /// <param name="log">criu's log.</param>
    /// <param name="moments">When the checkpoint began, the container ran again, and all was over; microseconds of CLOCK_MONOTONIC.</param>
    public static Timeline Build(string name, FrozenWindow window, HeldNetwork held, SpanRecorder recorder, IReadOnlyList<CriuLogEntry> log,
        (long Start, long Resumed, long End) moments)
    {
        var (start, resumed, end) = moments;
        var asked = window.Asked;
        return Timeline.Of(
            $"Checkpoint of {name}: it stood still for {MarkupText.Duration(resumed - asked)}", "the freeze request", asked, (asked, resumed),
            [
                new RecordedSpan(Track.Container, "runs", start, asked),
                new RecordedSpan(Track.Container, TimelinePalette.StandsStill, asked, resumed),
                new RecordedSpan(Track.Network, TimelinePalette.Locked, held.Locked, held.Unlocked > 0 ? held.Unlocked : resumed),
                new RecordedSpan(Track.Own, "freeze", asked, window.Frozen),
                new RecordedSpan(Track.Own, "lock", window.Frozen, held.Locked),
                .. recorder.Spans,
                .. CriuPhases.Read(log, CriuPhases.Dump,
                    [("Running pre-dump scripts", asked), ("Running network-lock scripts", window.Frozen), ("Running post-dump scripts", window.Dumped)],
                    resumed),
                new RecordedSpan(Track.Own, "sync", resumed, end),
            ]);
    }
}
