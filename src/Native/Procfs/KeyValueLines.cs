using System.Numerics;
using LxcNative.Native.Errors;

namespace LxcNative.Native.Procfs;

/// <summary>Lines of <c>Key: value</c>, as in /proc/PID/status and fdinfo; order and repetitions are kept.</summary>
internal sealed class KeyValueLines
{
    private readonly string _file;
    private readonly List<(int Line, KeyValuePair<string, string> Entry)> _lines = [];
    private readonly Dictionary<string, int> _first = new(StringComparer.Ordinal);

    private KeyValueLines(string file) => _file = file;

    public IEnumerable<KeyValuePair<string, string>> Entries => _lines.Select(line => line.Entry);

    public static KeyValueLines Parse(ReadOnlySpan<char> text, string file, bool passOverOthers = false)
    {
        var result = new KeyValueLines(file);
        var number = 0;
        foreach (var range in text.Split('\n'))
        {
            number++;
            var line = text[range];
            if (line.IsEmpty)
                continue;
            var colon = line.IndexOf(':');
            if (colon <= 0 && passOverOthers)
                continue;
            if (colon <= 0)
                throw new ProcText(file, number, line).Malformed("no key");
            var key = line[..colon].ToString();
            // Only the separator: a command name may end with a blank.
            var value = line[(colon + 1)..].TrimStart(" \t").ToString();
            result._first.TryAdd(key, result._lines.Count);
            result._lines.Add((number, new(key, value)));
        }

        return result;
    }

    public bool Contains(string key) => _first.ContainsKey(key);

    public string Required(string key) => _lines[IndexOf(key)].Entry.Value;

    public T Number<T>(string key)
        where T : INumberBase<T> =>
        At(key, out var value).Number<T>(value.AsSpan().TrimEnd(), key);

    public ulong Hexadecimal(string key) => Contains(key) ? At(key, out var value).Hexadecimal(value.AsSpan().TrimEnd(), key) : 0;

    public ulong KiB(string key)
    {
        var line = At(key, out var value);
        return value.EndsWith(" kB", StringComparison.Ordinal)
            ? line.Number<ulong>(value.AsSpan(..^3).Trim(), key)
            : throw line.Malformed($"{key} is not in kB");
    }

    public T[] Numbers<T>(string key)
        where T : INumberBase<T> =>
        Contains(key) ? At(key, out var value).Numbers<T>(value, key) : [];

    public MalformedProcFileException Malformed(string key, string reason) => At(key, out _).Malformed($"{key} is {reason}");

    private ProcText At(string key, out string value)
    {
        var (line, entry) = _lines[IndexOf(key)];
        value = entry.Value;
        return new ProcText(_file, line, $"{entry.Key}: {entry.Value}");
    }

    private int IndexOf(string key) =>
        _first.TryGetValue(key, out var index) ? index : throw new MalformedProcFileException(_file, _lines.Count, "", $"no line {key}");
}
