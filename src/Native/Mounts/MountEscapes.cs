using System.Text;

namespace LxcNative.Native.Mounts;

/// <summary>The \ooo escapes of mountinfo and mounts: one byte of a path as three octal digits.</summary>
internal static class MountEscapes
{
    /// <summary>Undoes every escape. A backslash that begins none stands for itself.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
            return text.ToString();
        // Escapes are bytes, and several of them may be one character: back to bytes first.
        var bytes = Encoding.UTF8.GetBytes(text.ToArray());
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\\' && i + 3 < bytes.Length && IsByte(bytes.AsSpan(i + 1, 3)))
            {
                bytes[length++] = (byte)(((bytes[i + 1] - '0') << 6) | ((bytes[i + 2] - '0') << 3) | (bytes[i + 3] - '0'));
                i += 3;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Escapes as the kernel does for paths: space, tab, newline, backslash and '#'.</summary>
    public static string Encode(string text)
    {
        if (text.AsSpan().IndexOfAny(" \t\n\\#") < 0)
            return text;
        var builder = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character is ' ' or '\t' or '\n' or '\\' or '#'
                ? builder.Append('\\').Append((char)('0' + (character >> 6))).Append((char)('0' + ((character >> 3) & 7))).Append((char)('0' + (character & 7)))
                : builder.Append(character);
        }

        return builder.ToString();
    }

    private static bool IsByte(ReadOnlySpan<byte> digits) =>
        digits[0] is >= (byte)'0' and <= (byte)'3' && digits[1] is >= (byte)'0' and <= (byte)'7' && digits[2] is >= (byte)'0' and <= (byte)'7';
}
