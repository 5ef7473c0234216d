using System.Globalization;
using System.Numerics;
using LxcNative.Native.Errors;

namespace LxcNative.Native.Procfs;

/// <summary>One line of a kernel text file while it is parsed: turns every surprise into a <see cref="MalformedProcFileException"/>.</summary>
internal readonly ref struct ProcText(string file, int number, ReadOnlySpan<char> line)
{
    public ReadOnlySpan<char> Line { get; } = line;

    public T Number<T>(ReadOnlySpan<char> digits, string field)
        where T : INumberBase<T> =>
        T.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Malformed($"{field} is not a {typeof(T).Name}");

    public ulong Hexadecimal(ReadOnlySpan<char> digits, string field) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Malformed($"{field} is not hexadecimal");

    public T[] Numbers<T>(ReadOnlySpan<char> text, string field)
        where T : INumberBase<T>
    {
        var values = new List<T>();
        foreach (var range in text.SplitAny(' ', '\t'))
        {
            if (!text[range].IsEmpty)
                values.Add(Number<T>(text[range], field));
        }

        return [.. values];
    }

    public MalformedProcFileException Malformed(string reason) => new(file, number, Line.ToString(), reason);
}
