namespace LxcNative.Native.Criu.Images;

/// <summary>What criu measured at a dump (stats-dump). Times are microseconds.</summary>
/// <remarks>The container stood still for about <see cref="FreezingTime"/> + <see cref="FrozenTime"/>: the first runs while tasks are
/// being stopped, the second from then until they are killed or resumed.</remarks>
public sealed record DumpStatistics
{
    /// <summary>Stopping the tasks.</summary>
    public uint FreezingTime { get; init; }

    /// <summary>From all tasks stopped to all tasks killed or resumed.</summary>
    public uint FrozenTime { get; init; }

    /// <summary>Finding and draining memory.</summary>
    public uint MemoryDumpTime { get; init; }

    /// <summary>Writing memory.</summary>
    public uint MemoryWriteTime { get; init; }

    /// <summary>Private pages looked at.</summary>
    public ulong PagesScanned { get; init; }

    /// <summary>Private pages left to the parent images.</summary>
    public ulong PagesSkippedParent { get; init; }

    /// <summary>Private pages written.</summary>
    public ulong PagesWritten { get; init; }

    /// <summary>Resolving watched inodes to paths; null where none was watched.</summary>
    public uint? IrmapResolve { get; init; }

    /// <summary>Pages left for lazy migration.</summary>
    public ulong PagesLazy { get; init; }

    /// <summary>Pipes used to carry pages.</summary>
    public ulong? PagePipes { get; init; }

    /// <summary>Buffers of those pipes.</summary>
    public ulong? PagePipeBuffers { get; init; }

    /// <summary>Shared pages looked at.</summary>
    public ulong? SharedPagesScanned { get; init; }

    /// <summary>Shared pages left to the parent images.</summary>
    public ulong? SharedPagesSkippedParent { get; init; }

    /// <summary>Shared pages written.</summary>
    public ulong? SharedPagesWritten { get; init; }

    internal static DumpStatistics Parse(ProtobufReader reader)
    {
        var statistics = new DumpStatistics();
        while (reader.Next())
        {
            statistics = reader.Field switch
            {
                1 => statistics with { FreezingTime = reader.AsUInt32() },
                2 => statistics with { FrozenTime = reader.AsUInt32() },
                3 => statistics with { MemoryDumpTime = reader.AsUInt32() },
                4 => statistics with { MemoryWriteTime = reader.AsUInt32() },
                5 => statistics with { PagesScanned = reader.AsUInt64() },
                6 => statistics with { PagesSkippedParent = reader.AsUInt64() },
                7 => statistics with { PagesWritten = reader.AsUInt64() },
                8 => statistics with { IrmapResolve = reader.AsUInt32() },
                9 => statistics with { PagesLazy = reader.AsUInt64() },
                10 => statistics with { PagePipes = reader.AsUInt64() },
                11 => statistics with { PagePipeBuffers = reader.AsUInt64() },
                12 => statistics with { SharedPagesScanned = reader.AsUInt64() },
                13 => statistics with { SharedPagesSkippedParent = reader.AsUInt64() },
                14 => statistics with { SharedPagesWritten = reader.AsUInt64() },
                _ => statistics,
            };
        }
        reader.Require("dump_stats_entry", 1, 2, 3, 4, 5, 6, 7, 9);
        return statistics;
    }
}
