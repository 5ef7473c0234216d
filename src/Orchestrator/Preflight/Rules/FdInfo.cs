using System.Globalization;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Preflight.Rules;

/// <summary>Fields of /proc/PID/fdinfo/N (proc_pid_fdinfo(5)).</summary>
internal static class FdInfo
{
    /// <summary>The flags of open(2); null where there are none.</summary>
    public static uint? Flags(string text)
    {
        if (Value(text, "flags:") is not { Length: > 0 } digits)
            return null;
        uint value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
                return null;
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    /// <summary>For a pidfd, the process as the host sees it: -1 when it has ended, null where nothing is said.</summary>
    public static int? Pid(string text) => Number(text, "Pid:");

    /// <summary>For /dev/ptmx, the number of the terminal.</summary>
    public static int? TerminalIndex(string text) => Number(text, "tty-index:");

    /// <summary>Whether a file is a pidfd: an anonymous inode before Linux 6.9, of a file system of its own since.</summary>
    public static bool IsPidfd(ObservedFile file) => file.Target == "anon_inode:[pidfd]" || file.Target.StartsWith("pidfd:[", StringComparison.Ordinal);

    /// <summary>For epoll, what it watches: <c>tfd: 4 events: 19 data: 0 pos:0 ino:8f3a sdev:e</c>.</summary>
    public static IEnumerable<(int Number, ulong Inode)> EpollTargets(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith("tfd:", StringComparison.Ordinal))
                continue;
            var fields = line["tfd:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var inode = fields.FirstOrDefault(field => field.StartsWith("ino:", StringComparison.Ordinal));
            if (fields.Length > 0 && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && inode is not null && ulong.TryParse(inode.AsSpan(4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                yield return (number, value);
        }
    }

    private static int? Number(string text, string key) =>
        Value(text, key) is { } value && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Value(string text, string key)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(key))
                return line[key.Length..].Trim().ToString();
        }

        return null;
    }
}
