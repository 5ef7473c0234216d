using System.Globalization;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>/proc/locks (proc_locks(5)): which files of this machine have a lock at all.</summary>
internal static class LockTable
{
    /// <summary>The files, by device and inode.</summary>
    public static HashSet<(uint Major, uint Minor, ulong Inode)> Read() => Parse(KernelFile.ReadText("/proc/locks"));

    /// <summary>Parses the file's text; lines of requests that wait name the same files and are taken too.</summary>
    public static HashSet<(uint Major, uint Minor, ulong Inode)> Parse(ReadOnlySpan<char> text)
    {
        var files = new HashSet<(uint, uint, ulong)>();
        foreach (var line in text.EnumerateLines())
        {
            foreach (var range in line.Split(' '))
            {
                var field = line[range];
                var first = field.IndexOf(':');
                var last = field.LastIndexOf(':');
                if (first > 0 && last > first
                    && uint.TryParse(field[..first], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var major)
                    && uint.TryParse(field[(first + 1)..last], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var minor)
                    && ulong.TryParse(field[(last + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var inode))
                    files.Add((major, minor, inode));
            }
        }

        return files;
    }
}
