using LxcNative.Orchestrator.Restores;

namespace LxcNative.Cli.Output.Reports;

/// <summary>How long the parts of a restore took, in microseconds; they are <see cref="RestoreTimings"/>'.</summary>
internal sealed record RestoreTimesReport(long Prepare, long Restore, long Unlock, long Resume, long Total)
{
    /// <summary>Those of a result.</summary>
    public static RestoreTimesReport Of(RestoreTimings times) => new(
        Duration.Microseconds(times.Prepare), Duration.Microseconds(times.Restore), Duration.Microseconds(times.Unlock),
        Duration.Microseconds(times.Resume), Duration.Microseconds(times.Total));
}
