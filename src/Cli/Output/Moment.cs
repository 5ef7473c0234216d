using System.Globalization;

namespace LxcNative.Cli.Output;

/// <summary>Points in time for people.</summary>
internal static class Moment
{
    /// <summary>To the second, in UTC.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
