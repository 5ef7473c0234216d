using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Memory;

/// <summary>A part of a process's address space (proc_pid_maps(5)).</summary>
/// <param name="Range">Where.</param>
/// <param name="Permissions">Four letters: <c>rwxp</c>, <c>-</c> for what is not allowed, <c>s</c> where it is shared.</param>
/// <param name="Name">The file, or what the kernel calls it (<c>[heap]</c>); empty for nothing.</param>
internal readonly record struct MemoryMapping(PageRange Range, string Permissions, string Name)
{
    private const int Fields = 6;

    /// <summary>Whether what is written to it is seen by no other.</summary>
    public bool IsPrivate => Permissions[3] == 'p';

    /// <summary>Whether it may be read.</summary>
    public bool IsReadable => Permissions[0] == 'r';

    /// <summary>Whether it has program code.</summary>
    public bool IsExecutable => Permissions[2] == 'x';

    /// <summary>Reads those of a process.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: it has ended; EACCES: it is another user's.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static List<MemoryMapping> Read(int pid)
    {
        var path = $"/proc/{pid}/maps";
        return Parse(KernelFile.ReadText(path), path);
    }

    /// <summary>Parses them.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <exception cref="MalformedProcFileException">It is not understood.</exception>
    public static List<MemoryMapping> Parse(ReadOnlySpan<char> text, string file)
    {
        var mappings = new List<MemoryMapping>();
        foreach (var range in text.Split('\n'))
        {
            if (!text[range].IsEmpty)
                mappings.Add(ParseLine(new ProcText(file, mappings.Count + 1, text[range])));
        }

        return mappings;
    }

    // ADDRESS-ADDRESS rwxp OFFSET MAJOR:MINOR INODE   NAME
    private static MemoryMapping ParseLine(ProcText text)
    {
        var line = text.Line;
        Span<Range> fields = stackalloc Range[Fields];
        var count = line.Split(fields, ' ', StringSplitOptions.RemoveEmptyEntries);
        if (count < Fields - 1)
            throw text.Malformed("it has too few fields");
        var addresses = line[fields[0]];
        if (addresses.IndexOf('-') is var dash && dash < 0)
            throw text.Malformed("the addresses are no range");
        var range = new PageRange(text.Hexadecimal(addresses[..dash], "the start"), text.Hexadecimal(addresses[(dash + 1)..], "the end"));
        var permissions = line[fields[1]];
        if (range.Start >= range.End || permissions.Length != 4)
            throw text.Malformed("it is no mapping");
        return new MemoryMapping(range, permissions.ToString(), count < Fields ? "" : line[fields[Fields - 1]].ToString());
    }
}
