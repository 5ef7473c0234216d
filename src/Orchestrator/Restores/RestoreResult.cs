using System.Text.Json.Serialization;
using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Comparisons;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores;

/// <summary>A container that runs again.</summary>
/// <param name="Pid">The pid of its init as the host sees it.</param>
/// <param name="Name">Its name.</param>
/// <param name="ImagesDir">The images it came from.</param>
/// <param name="MonitorPid">The monitor, its parent; 0 when it was detached.</param>
/// <param name="Timings">How long the parts took.</param>
/// <param name="Criu">criu's own statistics.</param>
/// <param name="Warnings">What a reader should know although it did not stop the restore.</param>
public sealed record RestoreResult(
    int Pid, string Name, string ImagesDir, int MonitorPid, RestoreTimings Timings, RestoreStatistics? Criu, IReadOnlyList<string> Warnings)
{
    /// <summary>When the checkpoint was made that it came from; null where it was restored in its own place.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>What that was called; null for nothing.</summary>
    public string? Label { get; init; }

    /// <summary>Whether packets that came before the container ran were held or dropped, and how many; null where it has no network of its own.</summary>
    public LockedPackets? Packets { get; init; }

    /// <summary>How it differed from its checkpoint before it ran; null where <see cref="RestoreOptions.Verify"/> did not ask for it.</summary>
    public ComparisonReport? Comparison { get; init; }

    /// <summary>What happened when; null where <see cref="RestoreOptions.Timeline"/> did not ask for it. Not part of the JSON of this: it is written on its
    /// own.</summary>
    [JsonIgnore]
    public Timeline? Timeline { get; init; }
}
