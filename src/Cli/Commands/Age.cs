using System.CommandLine;
using System.Globalization;

namespace LxcNative.Cli.Commands;

/// <summary>Ages: a number with s, m, h, d or w.</summary>
internal static class Age
{
    private const int LongestDays = 100 * 366;

    /// <summary>An option that takes one.</summary>
    public static Option<TimeSpan?> Option(string name, string description) =>
        ParsedOption.Of<TimeSpan>(name, description, "AGE", text => TryParse(text, out var age) ? age : null, "an age such as 30d, 12h or 2w");

    /// <summary>The time of a text.</summary>
    public static bool TryParse(string text, out TimeSpan age)
    {
        age = default;
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 7 * 86400, _ => 0 };
        if (unit == 0 || !long.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > LongestDays * 86400L / unit)
            return false;
        age = TimeSpan.FromSeconds(number * unit);
        return true;
    }
}
