using System.Globalization;

namespace LxcNative.Cli.Output;

/// <summary>Durations for people.</summary>
internal static class Duration
{
    /// <summary>A time in whole microseconds, as programs read it.</summary>
    public static long Microseconds(TimeSpan time) => (long)Math.Round(time.TotalMicroseconds);

    /// <summary>A time as a number with the unit that suits it.</summary>
    public static string Format(TimeSpan time) => Microseconds(time) switch
    {
        < 1_000 and var microseconds => string.Create(CultureInfo.InvariantCulture, $"{microseconds} us"),
        < 1_000_000 and var microseconds => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e3:0.0} ms"),
        var microseconds => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e6:0.00} s"),
    };

    /// <summary>Bytes as a number with the unit that suits it.</summary>
    public static string FormatBytes(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB"),
    };
}
