using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>How the users or the groups of a user namespace are those of the one that it is looked at from (/proc/PID/uid_map, user_namespaces(7)).</summary>
internal static class IdMap
{
    private const int MostRanges = 340;

    /// <summary>Reads the users' of a process's user namespace.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static IReadOnlyList<IdRange> ReadUsers(int pid) => Read($"/proc/{pid}/uid_map");

    /// <summary>Reads the groups' of a process's user namespace.</summary>
    /// <inheritdoc cref="ReadUsers" path="/exception" />
    public static IReadOnlyList<IdRange> ReadGroups(int pid) => Read($"/proc/{pid}/gid_map");

    /// <summary>Parses the file's text: a range a line, inside, outside, how many.</summary>
    /// <exception cref="MalformedProcFileException">A line is something else, or there are more than the kernel takes.</exception>
    public static IReadOnlyList<IdRange> Parse(ReadOnlySpan<char> text, string file = "uid_map")
    {
        var ranges = new List<IdRange>();
        foreach (var line in text.EnumerateLines())
        {
            if (line.IsWhiteSpace())
                continue;
            var reader = new ProcText(file, ranges.Count + 1, line);
            if (ranges.Count == MostRanges)
                throw reader.Malformed($"more than {MostRanges} ranges");
            ranges.Add(reader.Numbers<uint>(line, "an id") is [var inside, var outside, > 0 and var count]
                ? new IdRange(inside, outside, count)
                : throw reader.Malformed("not a range of ids"));
        }

        return ranges;
    }

    /// <summary>The text that makes a map (user_namespaces(7)).</summary>
    public static string Format(IEnumerable<IdRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return string.Concat(ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Inside} {range.Outside} {range.Count}\n")));
    }

    /// <summary>Which id outside an id inside is; null where it is none.</summary>
    public static uint? Outside(IEnumerable<IdRange> ranges, uint inside)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        foreach (var range in ranges)
            if (inside >= range.Inside && inside - range.Inside < range.Count)
                return range.Outside + (inside - range.Inside);
        return null;
    }

    /// <summary>Which id inside an id outside is; null where it is none.</summary>
    public static uint? Inside(IEnumerable<IdRange> ranges, uint outside)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        foreach (var range in ranges)
            if (outside >= range.Outside && outside - range.Outside < range.Count)
                return range.Inside + (outside - range.Outside);
        return null;
    }

    /// <summary>Whether a kernel could have told it of a namespace with a root.</summary>
    public static bool IsValid(IReadOnlyList<IdRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return ranges.Count <= MostRanges && ranges.All(range => range.Count > 0 && (ulong)range.Inside + range.Count <= uint.MaxValue + 1ul
            && (ulong)range.Outside + range.Count <= uint.MaxValue + 1ul) && Outside(ranges, 0) is not null && !Overlap(ranges, range => range.Inside)
            && !Overlap(ranges, range => range.Outside);
    }

    private static bool Overlap(IReadOnlyList<IdRange> ranges, Func<IdRange, uint> first)
    {
        var sorted = ranges.OrderBy(first).ToList();
        return sorted.Zip(sorted.Skip(1)).Any(pair => (ulong)first(pair.First) + pair.First.Count > first(pair.Second));
    }

    private static IReadOnlyList<IdRange> Read(string path) => Parse(KernelFile.ReadText(path), path);
}
