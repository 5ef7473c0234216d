using System.Globalization;
using System.Net;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>Text in SVG and HTML.</summary>
internal static class MarkupText
{
    private const double Microseconds = 1000;

    /// <summary>Escapes it. Names of processes may hold anything: no escape exists for most control characters, and others turn the direction of writing or are
    /// not seen.</summary>
    public static string Of(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(one => IsHostile(one) ? '\u00B7' : one)));

    /// <summary>A number with at most two decimals.</summary>
    public static string Of(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Duration(long)" />
    public static string Duration(TimeSpan time) => Duration((long)time.TotalMicroseconds);

    /// <summary>A duration for people.</summary>
    public static string Duration(long microseconds) => Math.Abs(microseconds) < Microseconds
        ? $"{microseconds.ToString(CultureInfo.InvariantCulture)} \u00B5s"
        : $"{(microseconds / Microseconds).ToString(Math.Abs(microseconds) < 10 * Microseconds ? "0.00" : "0.0", CultureInfo.InvariantCulture)} ms";

    private static bool IsHostile(char one) => one is '\uFFFE' or '\uFFFF' || char.GetUnicodeCategory(one) is UnicodeCategory.Control
        or UnicodeCategory.Surrogate or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
