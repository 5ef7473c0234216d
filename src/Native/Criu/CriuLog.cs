using System.Globalization;

namespace LxcNative.Native.Criu;

/// <summary>Reads a log of criu.</summary>
/// <remarks><code>
/// (00.004213) Error (criu/cr-dump.c:200): No such process
/// (00.019000)     14: Error (criu/files-reg.c:2100): Can't open file
///  stamp          pid  level source          text
/// </code></remarks>
public static class CriuLog
{
    private const int ContextLines = 5;

    /// <summary>Splits a log into its lines.</summary>
    public static IReadOnlyList<CriuLogEntry> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var entries = new List<CriuLogEntry>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!line.IsEmpty)
                entries.Add(ParseLine(line, number));
        }
        return entries;
    }

    /// <summary>The lines of a file; none when there is none, which is so when criu failed before it opened its log.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<CriuLogEntry> Read(string path) => File.Exists(path) ? Parse(File.ReadAllText(path)) : [];

    /// <summary>The lines that say what went wrong: the last errors, each with up to five lines before it, in the log's order.</summary>
    /// <param name="text">The log.</param>
    /// <param name="count">How many errors at most; the last ones are the telling ones.</param>
    public static IReadOnlyList<string> Errors(string text, int count = 5)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var errors = Enumerable.Range(0, lines.Length).Where(i => IsError(lines[i])).TakeLast(count);
        var chosen = new SortedSet<int>();
        foreach (var error in errors)
        {
            for (var i = Math.Max(0, error - ContextLines); i <= error; i++)
                chosen.Add(i);
        }
        return [.. chosen.Where(i => !IsHarmless(lines[i])).Select(i => lines[i].TrimEnd('\r'))];
    }

    /// <summary>The same of a file; empty when there is none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string> ErrorsOf(string path, int count = 5) => File.Exists(path) ? Errors(File.ReadAllText(path), count) : [];

    private static bool IsError(string line) => ParseLine(line, 0).Level == CriuLogLevel.Error && !IsHarmless(line);

    // Written on every run: without CAP_SYS_RESOURCE, at every restore, at the end of criu's own helper. Nothing follows from them.
    private static bool IsHarmless(string line) => line.Contains("Can't setup RLIMIT_NOFILE for self", StringComparison.Ordinal)
        || line.Contains("Set CLONE_PARENT | CLONE_NEWPID but it might cause restore problem", StringComparison.Ordinal)
        || line.Contains("cgroupd: ", StringComparison.Ordinal);

    private static CriuLogEntry ParseLine(ReadOnlySpan<char> line, int number)
    {
        double? time = null;
        int? pid = null;
        var rest = line;
        if (rest is ['(', ..] && rest.IndexOf(')') is var close and > 1
            && double.TryParse(rest[1..close], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            time = seconds;
            rest = rest[(close + 1)..].TrimStart(' ');
            if (rest.IndexOf(':') is var colon and > 0 && int.TryParse(rest[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var task))
            {
                pid = task;
                rest = rest[(colon + 1)..].TrimStart(' ');
            }
        }
        var level = IsMarked(rest, "Error") ? CriuLogLevel.Error : IsMarked(rest, "Warn") ? CriuLogLevel.Warning : CriuLogLevel.Message;
        return new CriuLogEntry(number, time, pid, level, rest.ToString());
    }

    private static bool IsMarked(ReadOnlySpan<char> text, string level) =>
        text.StartsWith(level, StringComparison.Ordinal) && text[level.Length..].TrimStart(' ') is ['(', ..];
}
