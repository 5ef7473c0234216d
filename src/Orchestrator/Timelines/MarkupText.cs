using System.Globalization;
using System.Net;

namespace LxcNative.Orchestrator.Timelines;

/// <summary>Text in SVG and HTML.</summary>
internal static class MarkupText
{
    private const double Microseconds = 1000;

    /// <summary>Escapes it. Names of processes may hold anything, and no escape exists for most control characters.</summary>
    public static string Of(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.Select(one => char.IsControl(one) || char.IsSurrogate(one) || one is '\uFFFE' or '\uFFFF' ? '\u00B7' : one)));

    /// <summary>A number with at most two decimals.</summary>
    public static string Of(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A duration for people.</summary>
    public static string Duration(long microseconds) => Math.Abs(microseconds) < Microseconds
        ? $"{microseconds.ToString(CultureInfo.InvariantCulture)} \u00B5s"
        : $"{(microseconds / Microseconds).ToString(Math.Abs(microseconds) < 10 * Microseconds ? "0.00" : "0.0", CultureInfo.InvariantCulture)} ms";
}
