using System.Text.Json.Serialization;
using LxcNative.Native.Criu.Images;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A checkpoint that was made.</summary>
/// <param name="Pid">The pid that the container's init has, or had, on the host.</param>
/// <param name="Name">The container's name.</param>
/// <param name="ImagesDir">The directory with the images, absolute.</param>
/// <param name="ImagesBytes">Their size in bytes.</param>
/// <param name="LeftRunning">Whether the container runs on.</param>
/// <param name="Lock">What held the network: nftables, iptables, or none for a container without other devices than loopback of its own.</param>
/// <param name="Network">Who saved the network namespace.</param>
/// <param name="Timings">How long the parts took.</param>
/// <param name="Criu">criu's own statistics.</param>
/// <param name="Warnings">What a reader should know although it did not stop the checkpoint.</param>
public sealed record CheckpointResult(
    int Pid, string Name, string ImagesDir, long ImagesBytes, bool LeftRunning, string Lock, CaptureMode Network,
    CheckpointTimings Timings, DumpStatistics? Criu, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether packets that came while the container stood still were held or dropped, and how many.</summary>
    public LockedPackets Packets { get; init; } = new(NetworkLockMode.Drop, 0, 0, 0);

    /// <summary>The memory that was copied before the freeze, a round each; none where <see cref="CheckpointOptions.PreCopy"/> did not ask for it, or the
    /// kernel does not have what it takes.</summary>
    public IReadOnlyList<PreCopyRound> PreCopied { get; init; } = [];

    /// <summary>What runs again, where <see cref="CheckpointOptions.Restore"/> asked for it; else null.</summary>
    public RestoreResult? Restored { get; init; }

    /// <summary>What happened when; null where <see cref="CheckpointOptions.Timeline"/> did not ask for it. Not part of the JSON of this: it is written on its
    /// own.</summary>
    [JsonIgnore]
    public Timeline? Timeline { get; init; }
}
