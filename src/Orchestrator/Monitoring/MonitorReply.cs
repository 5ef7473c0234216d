using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Comparisons;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Monitoring;

/// <summary>What the monitor answers once the container runs, or cannot.</summary>
/// <param name="Pid">The restored init's pid on the host; 0 after a failure.</param>
/// <param name="Timings">How long the parts took, as far as the monitor sees them.</param>
/// <param name="Criu">criu's statistics.</param>
/// <param name="Warnings">What did not stop it.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="CleanedUp">After a failure, whether nothing of the attempt is left.</param>
internal sealed record MonitorReply(
    int Pid, RestoreTimings? Timings, RestoreStatistics? Criu, IReadOnlyList<string> Warnings, string? Error, bool CleanedUp)
{
    /// <summary>Whether it was refused before anything was made.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Whether nothing was to be done in the end: the container that was to come back runs on, or ended without a cue. What could not be taken back is
    /// in the warnings.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>What became of the packets that came before the container ran.</summary>
    public LockedPackets? Packets { get; init; }

    /// <summary>How it differed from its checkpoint before it ran; null where that was not looked at.</summary>
    public ComparisonReport? Comparison { get; init; }

    /// <summary>When its tasks ran; microseconds of CLOCK_MONOTONIC.</summary>
    public long Resumed { get; init; }

    /// <summary>criu's own error lines, where it was criu that failed.</summary>
    public IReadOnlyList<string> CriuErrors { get; init; } = [];

    /// <summary>Why a rehearsal was not possible, which says nothing of the restore; null where it was.</summary>
    public string? Obstacle { get; init; }

    /// <summary>What the monitor did when; microseconds of CLOCK_MONOTONIC.</summary>
    public IReadOnlyList<RecordedSpan> Spans { get; init; } = [];
}
