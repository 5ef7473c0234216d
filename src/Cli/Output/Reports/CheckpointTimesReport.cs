using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Cli.Output.Reports;

/// <summary>How long the parts of a checkpoint took, in microseconds; they are <see cref="CheckpointTimings"/>'.</summary>
internal sealed record CheckpointTimesReport(long Discover, long Prepare, long Freeze, long Lock, long Dump, long Unlock, long Rehearsal, long Pause,
    long Total, long? Away)
{
    /// <summary>Those of a result.</summary>
    public static CheckpointTimesReport Of(CheckpointTimings times) => new(
        Duration.Microseconds(times.Discover), Duration.Microseconds(times.Prepare), Duration.Microseconds(times.Freeze), Duration.Microseconds(times.Lock),
        Duration.Microseconds(times.Dump), Duration.Microseconds(times.Unlock), Duration.Microseconds(times.Rehearsal), Duration.Microseconds(times.Pause),
        Duration.Microseconds(times.Total), times.Away > TimeSpan.Zero ? Duration.Microseconds(times.Away) : null);
}
