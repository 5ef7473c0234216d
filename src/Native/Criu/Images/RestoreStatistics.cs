namespace LxcNative.Native.Criu.Images;

/// <summary>What criu measured at a restore (stats-restore). Times are microseconds.</summary>
public sealed record RestoreStatistics
{
    /// <summary>Pages compared with the parent task's.</summary>
    public ulong PagesCompared { get; init; }

    /// <summary>Pages still shared with the parent task.</summary>
    public ulong PagesSkippedCopyOnWrite { get; init; }

    /// <summary>Making the tasks.</summary>
    public uint ForkingTime { get; init; }

    /// <summary>The whole restore.</summary>
    public uint RestoreTime { get; init; }

    /// <summary>Pages filled from the images.</summary>
    public ulong? PagesRestored { get; init; }

    internal static RestoreStatistics Parse(ProtobufReader reader)
    {
        var statistics = new RestoreStatistics();
        while (reader.Next())
        {
            statistics = reader.Field switch
            {
                1 => statistics with { PagesCompared = reader.AsUInt64() },
                2 => statistics with { PagesSkippedCopyOnWrite = reader.AsUInt64() },
                3 => statistics with { ForkingTime = reader.AsUInt32() },
                4 => statistics with { RestoreTime = reader.AsUInt32() },
                5 => statistics with { PagesRestored = reader.AsUInt64() },
                _ => statistics,
            };
        }
        reader.Require("restore_stats_entry", 1, 2, 3, 4);
        return statistics;
    }
}
