using System.Buffers;
using System.Globalization;
using System.Text;

namespace LxcNative.Cli.Output;

/// <summary>Names of processes, files, sockets and archive entries are other people's: what could steer a terminal, or hide or reorder what is read, is written
/// as its number.</summary>
internal static class PrintableText
{
    // U+202A to U+202E and U+2066 to U+2069 turn the direction of writing, U+2028 and U+2029 end lines, U+200B to U+200F and U+FEFF are not seen.
    private static readonly SearchValues<char> Hostile = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(char.IsControl).Except(['\n', '\t']), .. Range(0x200b, 0x200f),
            .. Range(0x2028, 0x202e), .. Range(0x2066, 0x2069), '\ufeff']);

    /// <summary>A text of several lines.</summary>
    public static string Of(string text) => text.AsSpan().ContainsAny(Hostile) ? Replace(text, Hostile.Contains) : text;

    /// <summary>A name, which has no lines.</summary>
    public static string OneLine(string text) =>
        text.AsSpan().ContainsAny(Hostile) || text.AsSpan().ContainsAny('\n', '\t') ? Replace(text, one => one is '\n' or '\t' || Hostile.Contains(one)) : text;

    private static string Replace(string text, Func<char, bool> isHostile)
    {
        var written = new StringBuilder(text.Length + 16);
        foreach (var one in text)
        {
            if (!isHostile(one))
                written.Append(one);
            else if (one <= 0xff)
                written.Append(CultureInfo.InvariantCulture, $"\\x{(int)one:x2}");
            else
                written.Append(CultureInfo.InvariantCulture, $"\\u{(int)one:x4}");
        }

        return written.ToString();
    }

    private static IEnumerable<char> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
