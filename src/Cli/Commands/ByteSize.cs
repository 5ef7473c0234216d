using System.CommandLine;
using System.Globalization;

namespace LxcNative.Cli.Commands;

/// <summary>Sizes the way criu takes them: a number with K, M, G or T.</summary>
internal static class ByteSize
{
    /// <summary>The option that takes the largest unlinked file.</summary>
    public static Option<uint?> GhostLimit(string description) =>
        ParsedOption.Of<uint>("--ghost-limit", description, "SIZE", text => TryParse(text, out uint size) ? size : null, "a size such as 4M, below 4G,");

    /// <summary>An option that takes any size.</summary>
    public static Option<long?> Option(string name, string description) =>
        ParsedOption.Of<long>(name, description, "SIZE", text => TryParse(text, out long size) ? size : null, "a size such as 500M or 50G");

    /// <summary>The bytes of a text, below 4 GiB.</summary>
    public static bool TryParse(string text, out uint size)
    {
        var isRead = TryParse(text, out long any) && any <= uint.MaxValue;
        size = isRead ? (uint)any : 0;
        return isRead;
    }

    /// <summary>The bytes of a text.</summary>
    public static bool TryParse(string text, out long size)
    {
        size = 0;
        var shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, 'T' => 40, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue >> shift)
            return false;
        size = number << shift;
        return true;
    }
}
