using System.Globalization;
using LxcNative.Native.Errors;
using Tmds.Linux;

namespace LxcNative.Native.Processes;

/// <summary>Gives memory of this process back that it can have again when it needs it.</summary>
internal static unsafe class ProcessMemory
{
    private const string Table = "/proc/self/smaps";
    private const string AnonymousField = "Anonymous:";

    /// <summary>Lets go of the pages of files that are mapped and were never written to: the program's own code, most of all. What is used of it is mapped
    /// again at its next use.</summary>
    /// <remarks>Pages that were written to, as the linker writes addresses into a program's constants, exist nowhere else and stay (madvise(2),
    /// MADV_DONTNEED).</remarks>
    /// <exception cref="SyscallException">madvise(2) failed.</exception>
    public static void ReleaseFilePages()
    {
        var unwritten = new List<(nuint Start, nuint Length)>();
        (nuint Start, nuint Length)? current = null;
        foreach (var line in File.ReadLines(Table))
        {
            if (char.IsAsciiHexDigitLower(line[0]))
                current = FileMapping(line);
            else if (line.StartsWith(AnonymousField, StringComparison.Ordinal) && current is { } mapping && line.AsSpan(AnonymousField.Length).Trim() is "0 kB")
                unwritten.Add(mapping);
        }

        foreach (var (start, length) in unwritten)
            SyscallException.ThrowIfFailed(LibC.madvise((void*)start, (size_t)(ulong)length, LibC.MADV_DONTNEED), "madvise MADV_DONTNEED", $"{start:x}");
    }

    // ADDRESS-ADDRESS rwxp OFFSET MAJOR:MINOR INODE PATH; null for one that may be written to, or is of no file.
    private static (nuint Start, nuint Length)? FileMapping(string line)
    {
        var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 6 || fields[1].Length != 4 || fields[1][1] != '-' || fields[1][3] != 'p' || !fields[5].StartsWith('/'))
            return null;
        var dash = fields[0].IndexOf('-', StringComparison.Ordinal);
        var start = nuint.Parse(fields[0].AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return (start, nuint.Parse(fields[0].AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) - start);
    }
}
