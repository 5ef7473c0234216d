using System.Text;

namespace LxcNative.Native.Criu.Images;

/// <summary>The rules of a network namespace as criu keeps them (nftables-NS.img): the text of <c>nft list ruleset</c>, without a head.</summary>
internal static class NftablesImage
{
    /// <summary>Takes one table out of a ruleset.</summary>
    /// <param name="text">The ruleset, as nft prints it.</param>
    /// <param name="family">The table's family: ip, ip6, inet, arp, bridge, netdev.</param>
    /// <param name="name">The table's name.</param>
    /// <returns>The ruleset without the table and without its line end; the very same text where there is no such table.</returns>
    /// <exception cref="FormatException">A table or a string does not end: this is no ruleset.</exception>
    public static string RemoveTable(string text, string family, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(family);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var kept = new StringBuilder(text.Length);
        var copied = 0;
        var scanner = new NftScanner(text);
        while (scanner.NextStatement(out var start, out var end, out var head))
        {
            if (!IsTable(head, family, name))
                continue;
            kept.Append(text, copied, start - copied);
            copied = end < text.Length && text[end] == '\n' ? end + 1 : end;
        }
        return copied == 0 && kept.Length == 0 ? text : kept.Append(text, copied, text.Length - copied).ToString();
    }

    private static bool IsTable(ReadOnlySpan<char> head, string family, string name)
    {
        Span<Range> words = stackalloc Range[4];
        if (head.SplitAny(words, " \t\n", StringSplitOptions.RemoveEmptyEntries) != 3)
            return false;
        return head[words[0]].SequenceEqual("table") && head[words[1]].SequenceEqual(family) && head[words[2]].Trim('"').SequenceEqual(name);
    }
}
