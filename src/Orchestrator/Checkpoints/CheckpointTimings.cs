namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>How long the parts of a checkpoint took, in microseconds of CLOCK_MONOTONIC.</summary>
/// <param name="Discover">Finding the container and everything about it; it runs meanwhile.</param>
/// <param name="Prepare">Image directory, criu's start and probing, the lock's preparation; the container runs meanwhile.</param>
/// <param name="Freeze">From the request to freeze to all tasks stopped.</param>
/// <param name="Lock">Setting the network lock.</param>
/// <param name="Dump">From the lock to complete images.</param>
/// <param name="Unlock">Removing the network lock; 0 where the container ended instead.</param>
/// <param name="Pause">From the request to freeze until the container runs again, or has ended.</param>
/// <param name="Total">Everything, until the images are on the disk.</param>
public sealed record CheckpointTimings(long Discover, long Prepare, long Freeze, long Lock, long Dump, long Unlock, long Pause, long Total);
