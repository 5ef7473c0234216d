namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>How long the parts of a checkpoint took, by CLOCK_MONOTONIC, in whole microseconds.</summary>
/// <param name="Discover">Finding the container and everything about it; it runs meanwhile.</param>
/// <param name="Prepare">Image directory, criu's start and probing, the lock's preparation; the container runs meanwhile.</param>
/// <param name="Freeze">From the request to freeze to all tasks stopped.</param>
/// <param name="Lock">Setting the network lock.</param>
/// <param name="Dump">From the lock to complete images.</param>
/// <param name="Unlock">Removing the network lock; zero where the container ended instead.</param>
/// <param name="Pause">From the request to freeze until the container runs again, or has ended.</param>
/// <param name="Total">Everything, until the images are on the disk.</param>
public sealed record CheckpointTimings(
    TimeSpan Discover, TimeSpan Prepare, TimeSpan Freeze, TimeSpan Lock, TimeSpan Dump, TimeSpan Unlock, TimeSpan Pause, TimeSpan Total)
{
    /// <summary>The rehearsal, which is part of the pause; zero where there was none.</summary>
    public TimeSpan Rehearsal { get; init; }

    /// <summary>From the request to freeze until the tasks of a container ran again that was restored in place; zero for others.</summary>
    public TimeSpan Away { get; init; }
}
