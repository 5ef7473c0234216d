namespace LxcNative.Orchestrator.Restores;

/// <summary>How long the parts of a restore took, by CLOCK_MONOTONIC, in whole microseconds.</summary>
/// <param name="Prepare">Verification, the monitor's start, veth pairs, mounts.</param>
/// <param name="Restore">From criu's start until all tasks were made.</param>
/// <param name="Unlock">Removing the network lock.</param>
/// <param name="Resume">From the network's opening until the tasks ran.</param>
/// <param name="Total">Everything.</param>
public sealed record RestoreTimings(TimeSpan Prepare, TimeSpan Restore, TimeSpan Unlock, TimeSpan Resume, TimeSpan Total);
