namespace LxcNative.Native.Criu.Images;

/// <summary>A timerfd (timerfd_entry of images/timerfd.proto).</summary>
internal sealed record TimerfdEntry
{
    /// <summary>Its number in the images.</summary>
    public uint Id { get; init; }

    /// <summary>CLOCK_*.</summary>
    public uint Clock { get; init; }

    /// <summary>Expirations that were not read yet.</summary>
    public ulong Ticks { get; init; }

    /// <summary>Until the next expiration: seconds.</summary>
    public ulong ValueSeconds { get; init; }

    /// <summary>Until the next expiration: nanoseconds.</summary>
    public ulong ValueNanoseconds { get; init; }

    /// <summary>The period: seconds.</summary>
    public ulong IntervalSeconds { get; init; }

    /// <summary>The period: nanoseconds.</summary>
    public ulong IntervalNanoseconds { get; init; }

    /// <summary>Where <see cref="ValueNanoseconds"/> is written in the file.</summary>
    internal long ValueNanosecondsOffset { get; init; }

    /// <summary>Whether it is periodic and was dumped after it expired: criu restores such a one disarmed, for ever.</summary>
    public bool IsExpiredPeriodic => ValueSeconds == 0 && ValueNanoseconds == 0 && (IntervalSeconds != 0 || IntervalNanoseconds != 0);

    internal static TimerfdEntry Parse(ProtobufReader reader)
    {
        var entry = new TimerfdEntry();
        while (reader.Next())
        {
            entry = reader.Field switch
            {
                1 => entry with { Id = reader.AsUInt32() },
                4 => entry with { Clock = reader.AsUInt32() },
                5 => entry with { Ticks = reader.AsUInt64() },
                7 => entry with { ValueSeconds = reader.AsUInt64() },
                8 => entry with { ValueNanoseconds = reader.AsUInt64(), ValueNanosecondsOffset = reader.ValueOffset },
                9 => entry with { IntervalSeconds = reader.AsUInt64() },
                10 => entry with { IntervalNanoseconds = reader.AsUInt64() },
                _ => entry,
            };
        }
        reader.Require("timerfd_entry", 1, 4, 5, 7, 8, 9, 10);
        return entry;
    }
}
